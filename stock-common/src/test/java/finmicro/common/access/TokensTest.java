package finmicro.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import finmicro.common.lifecycle.ManualClock;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final Consumer<JWTClaimsSet.Builder> AS_IT_IS = claims -> {};

    private final Issuer issuer = new Issuer();
    private final ManualClock clock = new ManualClock();
    private final Tokens tokens = new Tokens(issuer, new SigningKeys(issuer, clock));

    @AfterEach
    void closeIssuer() {
        issuer.close();
    }

    private Problem refusal(String token) {
        return catchThrowableOfType(ProblemException.class, () -> tokens.caller(token))
                .problem();
    }

    private List<String> roles(Consumer<JWTClaimsSet.Builder> changes) {
        Caller caller = tokens.caller(issuer.token(changes));
        return Stream.of(Roles.TRADER, Roles.VIEWER, Roles.SERVICE, Roles.OPERATOR)
                .filter(caller::isUserInRole)
                .toList();
    }

    @Test
    void rolesComeFromTheScopeWithOrWithoutAPrefix() {
        assertThat(roles(AS_IT_IS)).containsExactly("trader");
        assertThat(roles(claims -> claims.claim("scope", "openid stock/viewer https://api.example/service")))
                .containsExactly("viewer", "service");
        assertThat(roles(claims -> claims.claim("scope", null))).isEmpty();
    }

    @Test
    void cognitoGroupsTakePrecedenceOverTheScope() {
        assertThat(roles(claims ->
                        claims.claim("cognito:groups", List.of("viewer")).claim("scope", "stock/trader")))
                .containsExactly("viewer");
        assertThat(roles(claims -> claims.claim("cognito:groups", List.of()))).isEmpty();
    }

    static Stream<Consumer<JWTClaimsSet.Builder>> groupsOfAWrongType() {
        return Stream.of(
                claims -> claims.claim("cognito:groups", "viewer"),
                claims -> claims.claim("cognito:groups", "trader"),
                claims -> claims.claim("cognito:groups", 7),
                claims -> claims.claim("cognito:groups", true),
                claims -> claims.claim("cognito:groups", Map.of("trader", "trader")),
                claims -> claims.claim("cognito:groups", null).serializeNullClaims(true),
                claims -> claims.claim("cognito:groups", Arrays.asList(null, "trader")),
                claims -> claims.claim("cognito:groups", List.of("trader", 7)),
                claims -> claims.claim("cognito:groups", List.of(List.of("trader"))));
    }

    @ParameterizedTest
    @MethodSource("groupsOfAWrongType")
    void groupsOfTheWrongTypeGrantNoRoleEvenWithAScope(Consumer<JWTClaimsSet.Builder> groups) {
        assertThat(roles(groups.andThen(claims -> claims.claim("scope", "stock/trader stock/service"))))
                .isEmpty();
    }

    @Test
    void clientIdIsTheAudienceIfThereIsNone() {
        assertThat(roles(claims -> claims.audience((String) null).claim("client_id", "stock-trade")))
                .containsExactly("trader");
        assertThat(refusal(issuer.token(claims -> claims.audience((String) null).claim("client_id", "another")))
                        .detail())
                .contains("another audience");
        assertThat(refusal(issuer.token(claims -> claims.audience("another").claim("client_id", "page")))
                        .status())
                .isEqualTo(401);
        assertThat(refusal(issuer.token(claims -> claims.audience((String) null)))
                        .status())
                .isEqualTo(401);
    }

    static Stream<Consumer<JWTClaimsSet.Builder>> wrongClaims() {
        return Stream.of(
                claims -> claims.issuer("https://issuer.example/another"),
                claims -> claims.issuer(null),
                claims -> claims.audience("another"),
                claims -> claims.subject(null),
                claims -> claims.expirationTime(null),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(61))),
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(90))),
                claims -> claims.claim("token_use", "id"),
                claims -> claims.claim("scope", List.of("trader")));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void tokenWithAnInvalidClaimIsRejected(Consumer<JWTClaimsSet.Builder> wrong) {
        assertThat(refusal(issuer.token(wrong)).word()).isEqualTo("unauthorized");
    }

    @Test
    void principalHasTheExpiryOfTheToken() {
        Instant expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 120);

        Caller caller = tokens.caller(issuer.token(claims -> claims.expirationTime(Date.from(expires))));

        assertThat(caller.getUserPrincipal()).isEqualTo(new SignedIn("somebody", expires, "somebody"));
    }

    @Test
    void accountIsTheConfiguredClaimIfItIsText() {
        try (Issuer other = new Issuer("custom:account")) {
            Tokens reader = new Tokens(other, new SigningKeys(other, clock));

            assertThat(account(reader, other.token(claims -> claims.claim("custom:account", "alice"))))
                    .isEqualTo("alice");
            assertThat(account(reader, other.token(AS_IT_IS))).isNull();
            assertThat(account(reader, other.token(claims -> claims.claim("custom:account", 7))))
                    .isNull();
            assertThat(account(reader, other.token(claims -> claims.claim("custom:account", List.of("alice")))))
                    .isNull();
        }
    }

    private static String account(Tokens reader, String token) {
        return ((SignedIn) reader.caller(token).getUserPrincipal()).account();
    }

    @Test
    void tokenNotSignedByTheIssuerIsRejected() throws JOSEException {
        String good = issuer.token(AS_IT_IS);
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first");
        String unsigned = new PlainJWT(new JWTClaimsSet.Builder()
                        .issuer(Issuer.NAME)
                        .subject("somebody")
                        .audience("page")
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build())
                .serialize();
        MACSigner publicKeyAsSecret =
                new MACSigner(issuer.key().toRSAPublicKey().getEncoded());

        assertThat(tokens.caller(good).name()).isEqualTo("somebody");
        for (String bad : List.of(
                Issuer.signed(header, Issuer.signer(Issuer.FOREIGN), AS_IT_IS),
                Issuer.signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first"), publicKeyAsSecret, AS_IT_IS),
                Issuer.signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first"),
                        Issuer.signer(issuer.key()),
                        AS_IT_IS),
                Issuer.signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("first")
                                .type(new JOSEObjectType("secevent+jwt")),
                        Issuer.signer(issuer.key()),
                        AS_IT_IS),
                unsigned,
                good.substring(0, good.lastIndexOf('.') + 1),
                good.replaceFirst("\\.[^.]*\\.", ".e30."))) {
            assertThat(refusal(bad).status()).as(bad).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "..",
                "a.b.c",
                "e30.e30.e30",
                "\ud83d\ude00",
                "bnVsbA.bnVsbA.bnVsbA",
                "eyJhbGciOiJub25lIn0.bnVsbA."
            })
    void malformedTokenIsRejected(String text) {
        assertThat(refusal(text).status()).isEqualTo(401);
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void newKeyIsAcceptedWithoutARestart() {
        tokens.caller(issuer.token(AS_IT_IS));
        issuer.rotate();
        clock.advance(SigningKeys.MIN_INTERVAL);

        assertThat(tokens.caller(issuer.token(AS_IT_IS)).name()).isEqualTo("somebody");
    }

    @Test
    void tokensWithUnknownKeysDoNotCauseAFetchEachTime() {
        tokens.caller(issuer.token(AS_IT_IS));
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown");
        String token = Issuer.signed(header, Issuer.signer(Issuer.FOREIGN), AS_IT_IS);

        for (int i = 0; i < 10; i++) {
            assertThat(refusal(token).status()).isEqualTo(401);
        }
        assertThat(issuer.requests()).isEqualTo(1);
        clock.advance(SigningKeys.MIN_INTERVAL);
        assertThat(refusal(token).status()).isEqualTo(401);
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void unavailableIssuerIsAnOutageUntilItsKeysAreKnown() {
        String token = issuer.token(AS_IT_IS);
        issuer.unavailable(true);

        assertThat(refusal(token).status()).isEqualTo(503);
        assertThat(refusal(token).status()).isEqualTo(503);
        assertThat(issuer.requests()).isEqualTo(1);

        issuer.unavailable(false);
        clock.advance(SigningKeys.MIN_INTERVAL);
        assertThat(tokens.caller(token).name()).isEqualTo("somebody");

        issuer.unavailable(true);
        clock.advance(SigningKeys.REFRESH.multipliedBy(2));
        assertThat(tokens.caller(token).name()).isEqualTo("somebody");
        issuer.rotate();
        assertThat(refusal(issuer.token(AS_IT_IS)).status()).isEqualTo(503);
    }
}
