package finmicro.common.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Verifies access tokens (JWT) as defined by MicroProfile JWT: signed by a key of the trusted issuer, not expired (with a
 * minute of leeway), and issued for this system. Also supports Amazon Cognito, which puts roles in {@code cognito:groups} and
 * the audience in {@code client_id}.
 */
@ApplicationScoped
public class Tokens {

    /** No other algorithms: neither {@code none}, nor HMAC, which would use a public key as a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private static final String GROUPS = "cognito:groups";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final TrustedIssuer trusted;

    @Inject
    public Tokens(AccessConfig config, SigningKeys keys) {
        trusted = config.trusted().orElseThrow();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(trusted.issuer()).build(), Set.of("sub", "exp")));
    }

    /**
     * The caller that the token identifies.
     *
     * @throws ProblemException 401 if the token is not valid, 503 if it cannot be verified because the issuer is unavailable
     */
    Caller caller(String token) {
        try {
            return caller(processor.process(parsed(token), null));
        } catch (ParseException e) {
            throw refused("not a valid JWT");
        } catch (KeySourceException e) {
            throw Problem.unavailable("The access token could not be verified. Try again in a few seconds.")
                    .exception();
        } catch (BadJOSEException | JOSEException e) {
            throw refused(e.getMessage());
        }
    }

    private static JWT parsed(String token) throws ParseException {
        try {
            return JWTParser.parse(token);
        } catch (RuntimeException e) {
            // Some invalid headers cause one, for instance null.
            throw new ParseException(e.getMessage(), 0);
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        // Cognito's ID tokens identify the user to the page; they do not grant access.
        if (!List.of("", "access").contains(text(claims, "token_use"))) {
            throw refused("not an access token");
        }
        if (audiences(claims).noneMatch(trusted.audiences()::contains)) {
            throw refused("issued for another audience");
        }
        Set<String> roles = roles(claims).collect(Collectors.toSet());
        return new Caller(
                claims.getSubject(), roles::contains, claims.getExpirationTime().toInstant(), account(claims));
    }

    private String account(JWTClaimsSet claims) {
        return trusted.accountClaim().map(claims::getClaim).orElse(null) instanceof String account ? account : null;
    }

    private static Stream<String> audiences(JWTClaimsSet claims) throws ParseException {
        return claims.getAudience().isEmpty() ? Stream.of(text(claims, "client_id")) : claims.getAudience().stream();
    }

    /**
     * The groups. The scope is used only if the token has no groups claim. Groups of the wrong type grant no role, and the scope
     * is not used instead, because the groups may be meant to revoke a role.
     */
    private static Stream<String> roles(JWTClaimsSet claims) throws ParseException {
        if (!claims.getClaims().containsKey(GROUPS)) {
            return scopes(claims);
        }
        return claims.getClaim(GROUPS) instanceof Collection<?> groups
                        && groups.stream().allMatch(String.class::isInstance)
                ? groups.stream().map(String.class::cast)
                : Stream.empty();
    }

    /** A scope may have the prefix of a resource server; the role is its last part: {@code stock/trader}. */
    private static Stream<String> scopes(JWTClaimsSet claims) throws ParseException {
        return Stream.of(text(claims, "scope").split(" ")).map(scope -> scope.substring(scope.lastIndexOf('/') + 1));
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        String value = claims.getStringClaim(name);
        return value == null ? "" : value;
    }

    private static ProblemException refused(String reason) {
        return Problem.unauthorized("The access token was rejected: " + reason + ". Sign in again.")
                .exception();
    }
}
