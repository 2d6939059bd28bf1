package finmicro.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustedIssuerTest {

    private static Settings of(Map<String, String> variables) {
        return new Settings(name -> Optional.ofNullable(variables.get(name)));
    }

    @Test
    void authenticationIsOffByDefault() {
        Settings settings = of(Map.of());

        assertThat(TrustedIssuer.of(settings)).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void authenticationIsRequiredOnEcs() {
        for (Map<String, String> variables : Set.of(
                Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/x"),
                Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/x", "AUTH", "off"))) {
            Settings settings = of(variables);
            TrustedIssuer.of(settings);

            assertThatThrownBy(settings::check).hasMessageContaining("AUTH=off").hasMessageContaining("set AUTH=jwt");
        }
    }

    @Test
    void everyMissingVariableIsReported() {
        Settings settings = of(Map.of("AUTH", "jwt"));
        TrustedIssuer.of(settings);

        assertThatThrownBy(settings::check).hasMessage("JWT_ISSUER is missing; JWT_AUDIENCE is missing");
    }

    @Test
    void keyUrlDefaultsToThatOfCognito() {
        String pool = "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Ab12";

        assertThat(TrustedIssuer.of(of(Map.of("AUTH", "jwt", "JWT_ISSUER", pool, "JWT_AUDIENCE", "page, trade"))))
                .contains(new TrustedIssuer(
                        pool,
                        URI.create(pool + "/.well-known/jwks.json"),
                        Set.of("page", "trade"),
                        Optional.of("sub")));
        assertThat(TrustedIssuer.of(of(Map.of(
                                "AUTH",
                                "jwt",
                                "JWT_ISSUER",
                                pool,
                                "JWT_AUDIENCE",
                                "page",
                                "JWT_JWKS_URI",
                                "http://keys/")))
                        .orElseThrow()
                        .keys())
                .isEqualTo(URI.create("http://keys/"));
    }

    @Test
    void accountClaimDefaultsToTheSubject() {
        Map<String, String> issuer = Map.of("AUTH", "jwt", "JWT_ISSUER", "https://issuer", "JWT_AUDIENCE", "page");

        assertThat(accountClaim(issuer)).contains("sub");
        assertThat(accountClaim(with(issuer, "custom:account"))).contains("custom:account");
        assertThat(accountClaim(with(issuer, "none"))).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> variables, String claim) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("ACCOUNT_CLAIM", claim);
        return all;
    }

    private static Optional<String> accountClaim(Map<String, String> variables) {
        return TrustedIssuer.of(of(variables)).orElseThrow().accountClaim();
    }
}
