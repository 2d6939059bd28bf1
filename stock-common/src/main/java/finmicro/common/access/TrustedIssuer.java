package finmicro.common.access;

import finmicro.common.config.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The issuer whose tokens are accepted.
 *
 * @param issuer the OIDC provider, as in the claim {@code iss}
 * @param keys URL of its public keys
 * @param audiences accepted audiences; a token must be for one of them
 * @param accountClaim the claim that names a customer's account; empty if all customers use {@code main}
 */
public record TrustedIssuer(String issuer, URI keys, Set<String> audiences, Optional<String> accountClaim) {

    /** Value of {@code ACCOUNT_CLAIM} with which all customers use {@code main}. */
    private static final String NO_CLAIM = "none";

    /** Environment variable that ECS sets in every container. */
    private static final String ON_ECS = "ECS_CONTAINER_METADATA_URI_V4";

    /** Reads {@code AUTH}, {@code JWT_*} and {@code ACCOUNT_CLAIM}; empty if authentication is off, which is refused on ECS. */
    public static Optional<TrustedIssuer> of(Settings settings) {
        if (settings.oneOf("AUTH", "off", "jwt").equals("jwt")) {
            return Optional.of(required(settings));
        }
        if (settings.optional(ON_ECS).isPresent()) {
            settings.refuse("AUTH=off is not allowed on ECS: set AUTH=jwt");
        }
        return Optional.empty();
    }

    private static TrustedIssuer required(Settings settings) {
        String issuer = settings.requiredUrl("JWT_ISSUER").toString();
        URI keys = settings.optional("JWT_JWKS_URI").isPresent()
                ? settings.requiredUrl("JWT_JWKS_URI")
                : URI.create(issuer.replaceFirst("/$", "") + "/.well-known/jwks.json");
        Set<String> audiences = Stream.of(settings.required("JWT_AUDIENCE").split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        Optional<String> accountClaim =
                Optional.of(settings.optional("ACCOUNT_CLAIM").orElse("sub")).filter(claim -> !claim.equals(NO_CLAIM));
        return new TrustedIssuer(issuer, keys, audiences, accountClaim);
    }
}
