package finmicro.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import finmicro.common.lifecycle.ManualClock;
import finmicro.common.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SigningKeysTest {

    private static final Logger LOGGER = Logger.getLogger(SigningKeys.class.getName());
    private static final String UNKNOWN_CURVE =
            "{\"kty\":\"EC\",\"crv\":\"brainpoolP256r1\",\"kid\":\"odd\",\"x\":\"AQ\",\"y\":\"AQ\"}";

    private static final AccessConfig OPEN_TO_EVERYBODY = new AccessConfig() {
        @Override
        public Optional<TrustedIssuer> trusted() {
            return Optional.empty();
        }

        @Override
        public OriginPolicy originPolicy() {
            return new OriginPolicy(Set.of(), Optional.empty());
        }
    };

    private final Issuer issuer = new Issuer();
    private final ManualClock clock = new ManualClock();
    private final SigningKeys keys = new SigningKeys(issuer, clock);
    private final Tokens tokens = new Tokens(issuer, keys);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(new SimpleFormatter().formatMessage(entry));
            }
        }

        @Override
        public void flush() {
            // keeps nothing back
        }

        @Override
        public void close() {
            // holds nothing open
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void close() {
        LOGGER.removeHandler(handler);
        issuer.close();
        threads.shutdownNow();
    }

    private String token() {
        return issuer.token(claims -> {});
    }

    private static String tokenOfAnUnknownKey() {
        return Issuer.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown"),
                Issuer.signer(Issuer.FOREIGN),
                claims -> {});
    }

    private static int status(Future<Caller> refused) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, refused::get);
        return ((ProblemException) failure.getCause()).problem().status();
    }

    private List<JWK> all() throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNKNOWN_CURVE,
                "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"kid\":\"odd\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"PQ\",\"kid\":\"odd\"}",
                "{\"kid\":\"odd\"}",
                "{\"kty\":7,\"kid\":\"odd\"}",
                "{\"kty\":\"RSA\",\"kid\":\"odd\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"?\"]}",
                "null",
                "7",
                "[]",
                "\"odd\""
            })
    void unsupportedKeyIsSkippedWithOneWarning(String odd) throws KeySourceException {
        issuer.publishAlso(odd);

        assertThat(tokens.caller(token()).name()).isEqualTo("somebody");

        assertThat(all()).extracting(JWK::getKeyID).containsExactly("first");
        assertThat(warnings).hasSize(1).allSatisfy(line -> assertThat(line).startsWith("access.key.skipped"));
    }

    @Test
    void unusableKeyDoesNotHideAValidOneWithTheSameId() {
        issuer.publishAlso("{\"kty\":\"RSA\",\"kid\":\"first\",\"n\":\"\",\"e\":\"AQAB\"}");

        assertThat(tokens.caller(token()).name()).isEqualTo("somebody");
    }

    @Test
    void skippedKeyIsLoggedOnlyOnce() throws KeySourceException {
        issuer.publishAlso(UNKNOWN_CURVE);
        issuer.publishAlso("{\"kty\":\"RSA\",\"kid\":\"another\",\"e\":\"AQAB\"}");
        for (int i = 0; i < 3; i++) {
            keys.refreshed();
            clock.advance(SigningKeys.MIN_INTERVAL);
        }

        assertThat(issuer.requests()).isEqualTo(3);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("kid=odd").contains("brainpoolP256r1");
        assertThat(warnings.get(1)).contains("kid=another");
    }

    @Test
    void concurrentRequestsShareOneFetchFromASlowProvider() throws Exception {
        issuer.stall();
        List<Future<String>> callers = IntStream.range(0, 16)
                .mapToObj(i -> threads.submit(() -> tokens.caller(token()).name()))
                .toList();
        await().until(() -> issuer.requests() == 1);

        issuer.resume();

        for (Future<String> caller : callers) {
            assertThat(caller.get()).isEqualTo("somebody");
        }
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void requestWithAKnownKeyDoesNotWaitForASlowProvider() throws Exception {
        tokens.caller(token());
        clock.advance(SigningKeys.MIN_INTERVAL);
        issuer.stall();
        Future<Caller> unknown = threads.submit(() -> tokens.caller(tokenOfAnUnknownKey()));
        await().until(() -> issuer.requests() == 2);

        assertThat(tokens.caller(token()).name()).isEqualTo("somebody");

        assertThat(unknown).isNotDone();
        issuer.resume();
        assertThat(status(unknown)).isEqualTo(401);
    }

    @Test
    void concurrentRequestsTimeOutTogetherIfTheProviderHangs() {
        issuer.stall();
        long start = System.nanoTime();
        List<Future<Caller>> callers = IntStream.range(0, 16)
                .mapToObj(i -> threads.submit(() -> tokens.caller(token())))
                .toList();

        for (Future<Caller> caller : callers) {
            assertThat(status(caller)).isEqualTo(503);
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void settingTheWallClockBackDoesNotStopTheRefresh() throws KeySourceException {
        keys.refreshed();
        clock.jump(Duration.ofDays(-1));
        clock.advance(SigningKeys.MIN_INTERVAL);
        issuer.rotate();

        assertThat(tokens.caller(token()).name()).isEqualTo("somebody");
    }

    @Test
    void settingTheWallClockForwardCausesNoFetch() throws KeySourceException {
        keys.refreshed();
        clock.jump(Duration.ofDays(1));

        keys.refreshed();

        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void serviceIsNotReadyUntilTheKeysAreFetched() {
        assertThat(keys.threads()).isEqualTo(1);
        assertThat(keys.required()).isTrue();
        SigningKeys notNeeded = new SigningKeys(OPEN_TO_EVERYBODY, clock);
        assertThat(notNeeded.threads()).isZero();
        assertThat(notNeeded.required()).isFalse();
    }
}
