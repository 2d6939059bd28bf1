package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.openapi.Descriptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

class EndpointsTest {

    private static final List<String> METHODS =
            List.of("get", "post", "put", "delete", "patch", "head", "options", "trace");

    /** Tests like {@code AccessIT} cover each described operation; this makes them cover each endpoint. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void everyEndpointIsDescribed(Service service) {
        assertThat(operations(service))
                .isPositive()
                .isEqualTo(Endpoints.of(service).count());
    }

    private static long operations(Service service) {
        Map<String, Map<String, Map<String, Object>>> description =
                new Yaml().load(Descriptions.text(Descriptions.current(service)));
        return description.get("paths").values().stream()
                .flatMap(path -> path.keySet().stream())
                .filter(METHODS::contains)
                .count();
    }
}
