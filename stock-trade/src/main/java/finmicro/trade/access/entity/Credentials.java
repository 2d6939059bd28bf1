package finmicro.trade.access.entity;

import finmicro.common.config.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The OAuth client credentials of stock-trade.
 *
 * @param endpoint the token endpoint of the OIDC provider
 * @param scope the requested scope; empty for the default of the provider
 */
public record Credentials(URI endpoint, String id, String secret, Optional<String> scope) {

    /** Reads {@code OIDC_*}; empty if stock-trade calls without a token. */
    public static Optional<Credentials> of(Settings settings, boolean required) {
        if (!required && settings.optional("OIDC_TOKEN_URI").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(
                settings.requiredUrl("OIDC_TOKEN_URI"),
                settings.required("OIDC_CLIENT_ID"),
                settings.required("OIDC_CLIENT_SECRET"),
                settings.optional("OIDC_SCOPE")));
    }

    /** The value of the Authorization header. */
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return id + " at " + endpoint;
    }
}
