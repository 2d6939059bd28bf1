package finmicro.common.access;

import finmicro.common.config.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose tokens are believed.
 *
 * @param issuer the OIDC provider, as the claim {@code iss} has it
 * @param keys where its public keys are
 * @param audiences one of these a token must be for
 * @param accountClaim the claim that names a customer's account; empty if all customers use {@code main}
 */
public record TrustedIssuer(String issuer, URI keys, Set<String> audiences, Optional<String> accountClaim) {

    /** The value of {@code ACCOUNT_CLAIM} that puts all customers on {@code main}. */
    private static final String NO_CLAIM = "none";

    /** ECS sets it in every container. */
    private static final String ON_ECS = "ECS_CONTAINER_METADATA_URI_V4";

    /** Reads {@code AUTH}, {@code JWT_*} and {@code ACCOUNT_CLAIM}; empty where everybody may call, which is not for ECS. */
    public static Optional<TrustedIssuer> of(Settings settings) {
        if (settings.oneOf("AUTH", "off", "jwt").equals("jwt")) {
            return Optional.of(required(settings));
        }
        if (settings.optional(ON_ECS).isPresent()) {
            settings.refuse("AUTH=off is for one's own machine, and this is ECS: set AUTH=jwt");
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
