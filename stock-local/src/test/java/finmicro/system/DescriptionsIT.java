package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.Service;
import finmicro.openapi.Descriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

@ExtendWith(SharedSystem.class)
@Tag("edge")
class DescriptionsIT {

    private final Trading trading;

    DescriptionsIT(TradingSystem system) {
        trading = new Trading(system);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void servedDescriptionIsTheOneInTheRepository(Service service) throws IOException {
        Path file = Descriptions.current(service);
        String served = trading.get(service, "/openapi").body().asText();
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(file, served);
        }

        assertThat(new Yaml().<Object>load(served))
                .as("%s; update it with ./mvnw -B verify -Dit.test=DescriptionsIT -Dopenapi.update=true", file)
                .isEqualTo(new Yaml().load(Descriptions.text(file)));
    }
}
