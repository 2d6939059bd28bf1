package finmicro.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Settings of(Map<String, String> variables) {
        return new Settings(name -> Optional.ofNullable(variables.get(name)));
    }

    @Test
    void everyErrorIsReportedOnOneLine() {
        Settings settings = of(Map.of("FIRST_PRICE", "abc", "GET_PRICE_MINUTE", "61", "MODE", "x", "URL", "nowhere"));

        settings.requiredWhole("FIRST_PRICE", 1, 100);
        settings.whole("GET_PRICE_MINUTE", 5, 1, 60);
        settings.oneOf("MODE", "sqs", "sns");
        settings.requiredUrl("URL");
        settings.required("SAMPLE_STOCK_CODE");

        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage("FIRST_PRICE=abc is not a whole number from 1 to 100;"
                        + " GET_PRICE_MINUTE=61 is not a whole number from 1 to 60;"
                        + " MODE=x is not one of sqs, sns; URL=nowhere is not an http(s) URL;"
                        + " SAMPLE_STOCK_CODE is missing");
    }

    @Test
    void unsetVariableHasItsDefault() {
        Settings settings = of(Map.of("BLANK", " "));

        assertThat(settings.whole("GET_PRICE_MINUTE", 5, 1, 60)).isEqualTo(5);
        assertThat(settings.oneOf("MODE", "sqs", "sns")).isEqualTo("sqs");
        assertThat(settings.optional("BLANK")).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8082/", "https://a.example/b"})
    void httpUrlIsAccepted(String address) {
        Settings settings = of(Map.of("URL", address));

        assertThat(settings.requiredUrl("URL")).isEqualTo(URI.create(address));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://", "http://a b", "localhost:8082"})
    void otherUrlIsRejected(String address) {
        Settings settings = of(Map.of("URL", address));

        settings.requiredUrl("URL");

        assertThatThrownBy(settings::check).hasMessageContaining("URL=" + address);
    }

    @Test
    void oldFormOfTheDatabaseHostIsRejectedWithAReason() {
        Settings settings = of(Map.of(
                "DB_HOST_MASTER", "(127.0.0.1:3306)", "DB_NAME", "n", "DB_USERNAME", "u", "DB_PASSWORD", "secret"));

        settings.database();

        assertThatThrownBy(settings::check)
                .hasMessageContaining("DB_HOST_MASTER=(127.0.0.1:3306) is not host:port")
                .hasMessageNotContaining("secret");
    }
}
