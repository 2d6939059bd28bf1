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
import finmicro.common.config.ServiceConfig;
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
 * Reads access tokens (JWT) as MicroProfile JWT has it: signed by a key of the trusted issuer, not expired (a minute is
 * forgiven), for this system. What Amazon Cognito writes otherwise is understood too: roles in {@code cognito:groups}, the
 * audience in {@code client_id}.
 */
@ApplicationScoped
public class Tokens {

    /** No others: neither {@code none}, nor one that would take a public key for a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private static final String GROUPS = "cognito:groups";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final TrustedIssuer trusted;

    @Inject
    public Tokens(ServiceConfig config, SigningKeys keys) {
        trusted = config.trusted().orElseThrow();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(trusted.issuer()).build(), Set.of("sub", "exp")));
    }

    /**
     * Whose token it is.
     *
     * @throws ProblemException 401 when it is not valid, 503 when that cannot be told, since the issuer is away
     */
    Caller caller(String token) {
        try {
            return caller(processor.process(parsed(token), null));
        } catch (ParseException e) {
            throw refused("it is no JWT");
        } catch (KeySourceException e) {
            throw Problem.unavailable("whether the token is valid cannot be told")
                    .exception();
        } catch (BadJOSEException | JOSEException e) {
            throw refused(e.getMessage());
        }
    }

    private static JWT parsed(String token) throws ParseException {
        try {
            return JWTParser.parse(token);
        } catch (RuntimeException e) {
            // Some of what is no header ends in one: null does.
            throw new ParseException(e.getMessage(), 0);
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        // Of the tokens that Cognito signs, an ID token tells the page who signed in, and lets nobody in.
        if (!List.of("", "access").contains(text(claims, "token_use"))) {
            throw refused("it is no access token");
        }
        if (audiences(claims).noneMatch(trusted.audiences()::contains)) {
            throw refused("it is for another audience");
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
     * The groups; the scope counts only if the token has no such claim. Groups of a wrong type grant nothing: they may be
     * meant to take a role away.
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

    /** A resource server may prefix a scope; the role is its last part: {@code stock/trader}. */
    private static Stream<String> scopes(JWTClaimsSet claims) throws ParseException {
        return Stream.of(text(claims, "scope").split(" ")).map(scope -> scope.substring(scope.lastIndexOf('/') + 1));
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        String value = claims.getStringClaim(name);
        return value == null ? "" : value;
    }

    private static ProblemException refused(String reason) {
        return Problem.unauthorized("the access token is not taken: " + reason).exception();
    }
}
