package finmicro.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static final Map<String, String> CONFIGURED = Map.of(
            "CORS_ORIGINS", "http://127.0.0.1:8081, https://Page.example", "HOST_NAMES", "stock-trade, [FD00::2]");

    private static Settings settings(Map<String, String> variables) {
        return new Settings(name -> Optional.ofNullable(variables.get(name)));
    }

    private static OriginPolicy withoutTokens() {
        return OriginPolicy.of(settings(CONFIGURED), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8081",
                "LocalHost:8081",
                "stock.localhost:8081",
                "127.0.0.1:8081",
                "127.8.9.10",
                "[::1]",
                "[::1]:8081",
                "stock-trade:8080",
                "STOCK-TRADE",
                "[fd00::2]:8080"
            })
    void loopbackAndConfiguredNamesAreAccepted(String host) {
        assertThat(withoutTokens().answersTo(host)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "127.0.0.1.evil.example",
                "127.evil.example:8081",
                "localhost.evil.example",
                "evillocalhost",
                "0.0.0.0:8081",
                "128.0.0.1",
                "[::2]:8081",
                "[::1].evil.example",
                "stock-trade.evil.example",
                "evil.example:localhost",
                ":8081"
            })
    void otherNamesAreRejectedWithoutTokens(String host) {
        assertThat(withoutTokens().answersTo(host)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"evil.example", "10.0.1.7:8080"})
    void anyNameIsAcceptedWithTokens(String host) {
        assertThat(OriginPolicy.of(settings(CONFIGURED), true).answersTo(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8081, http, localhost:8081",
        "http://localhost:8081, http, LOCALHOST:8081",
        "https://stock.example, https, stock.example",
        "http://[::1]:8081, http, [::1]:8081"
    })
    void originOfTheRequestedHostIsOwn(String origin, String scheme, String host) {
        assertThat(OriginPolicy.isOwn(origin, scheme, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "null | http | localhost:8081",
                "'' | http | localhost:8081",
                "http://localhost:8082 | http | localhost:8081",
                "http://localhost:80811 | http | localhost:8081",
                "http://localhost | http | localhost:8081",
                "http://127.0.0.1:8081 | http | localhost:8081",
                "https://stock.example | http | stock.example",
                "http://stock.example | https | stock.example",
                "http://evil.example | http | stock.example",
                "http://stock.example.evil.example | http | stock.example",
                "file:// | file | ''",
                "xttp://stock.example | http | stock.example"
            },
            delimiter = '|')
    void anyOtherOriginIsForeign(String origin, String scheme, String host) {
        assertThat(OriginPolicy.isOwn(origin, scheme, host.isEmpty() ? null : host))
                .isFalse();
    }

    @Test
    void configuredOriginsMayCall() {
        OriginPolicy policy = withoutTokens();

        assertThat(policy.allows("http://127.0.0.1:8081")).isTrue();
        assertThat(policy.allows("https://page.example")).isTrue();
        assertThat(policy.allows("http://127.0.0.1:8082")).isFalse();
        assertThat(policy.allows("null")).isFalse();
    }

    @Test
    void withoutConfigurationNoOtherOriginMayCall() {
        Settings settings = settings(Map.of());
        OriginPolicy policy = OriginPolicy.of(settings, false);

        assertThatCode(settings::check).doesNotThrowAnyException();
        assertThat(policy.origins()).isEmpty();
        assertThat(policy.hosts()).hasValueSatisfying(hosts -> assertThat(hosts).isEmpty());
    }

    @Test
    void everyInvalidValueIsReported() {
        Settings settings = settings(
                Map.of("CORS_ORIGINS", "*,null,http://a.example/,http://b.example", "HOST_NAMES", "a:80,*.example"));
        OriginPolicy.of(settings, false);

        assertThatThrownBy(settings::check)
                .hasMessageContainingAll(
                        "CORS_ORIGINS: * is not an origin",
                        "CORS_ORIGINS: null is not an origin",
                        "CORS_ORIGINS: http://a.example/ is not an origin",
                        "HOST_NAMES: a:80 is not a host name",
                        "HOST_NAMES: *.example is not a host name")
                .message()
                .doesNotContain("b.example");
    }
}
