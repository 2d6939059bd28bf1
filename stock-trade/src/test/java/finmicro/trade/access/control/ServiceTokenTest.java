package finmicro.trade.access.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import finmicro.common.time.Ticker;
import finmicro.trade.access.entity.AccessToken;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ServiceTokenTest {

    /** Overflows ten seconds after the start. */
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(10).toNanos());

    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Duration life = Duration.ofHours(1);
    private volatile boolean unavailable;
    private volatile CountDownLatch response = new CountDownLatch(0);
    private final Ticker ticker = nanos::get;
    private final ServiceToken token = new ServiceToken(Optional.of(this::fetch), ticker);

    @AfterEach
    void stopThreads() {
        response.countDown();
        threads.shutdownNow();
    }

    private AccessToken fetch() {
        int number = fetches.incrementAndGet();
        try {
            response.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (unavailable) {
            throw new ProcessingException("Connection refused");
        }
        return new AccessToken("token-" + number, life);
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private String value() {
        return token.value().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"3600, 3570", "61, 31", "60, 30", "59, 29.5", "4, 2"})
    void tokenIsUsedUntilShortlyBeforeItsExpiryCountedFromReceipt(long seconds, double usedSeconds) {
        life = Duration.ofSeconds(seconds);
        Duration use = Duration.ofMillis((long) (usedSeconds * 1000));
        value();

        advance(use.minusNanos(1));
        assertThat(value()).isEqualTo("token-1");

        advance(Duration.ofNanos(1));
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void invalidatedTokenIsReplacedAndANewerOneIsKept() {
        value();

        token.invalidate("token-1");
        assertThat(value()).isEqualTo("token-2");

        token.invalidate("token-1");
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void concurrentCallsShareOneFetchFromASlowEndpoint() throws Exception {
        response = new CountDownLatch(1);
        List<Future<String>> calls = IntStream.range(0, 16)
                .mapToObj(i -> threads.submit(this::value))
                .toList();
        await().until(() -> fetches.get() == 1);

        response.countDown();

        for (Future<String> call : calls) {
            assertThat(call.get()).isEqualTo("token-1");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void callsThatWaitForAHangingEndpointTimeOutTogetherWithinSeconds() {
        response = new CountDownLatch(1);
        Future<String> first = threads.submit(this::value);
        await().until(() -> fetches.get() == 1);
        long start = System.nanoTime();
        List<Future<String>> calls = IntStream.range(0, 15)
                .mapToObj(i -> threads.submit(this::value))
                .toList();

        for (Future<String> call : calls) {
            assertThat(catchThrowableOfType(ExecutionException.class, call::get))
                    .hasCauseInstanceOf(ProcessingException.class);
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
        assertThat(first).isNotDone();
    }

    @Test
    void invalidateDoesNotWaitForAFetch() throws Exception {
        value();
        response = new CountDownLatch(1);
        token.invalidate("token-1");
        Future<String> fetching = threads.submit(this::value);
        await().until(() -> fetches.get() == 2);

        threads.submit(() -> token.invalidate("token-1")).get(1, TimeUnit.SECONDS);

        assertThat(fetching).isNotDone();
    }

    @Test
    void unavailableEndpointIsCalledOncePerSecond() {
        unavailable = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::value).isInstanceOf(ProcessingException.class);
        }
        assertThat(fetches).hasValue(1);

        advance(Duration.ofMillis(999));
        assertThatThrownBy(this::value).isInstanceOf(ProcessingException.class);
        assertThat(fetches).hasValue(1);

        unavailable = false;
        advance(Duration.ofMillis(1));
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void firstTokenIsRequiredForReadinessOnlyIfCallsUseTokens() {
        assertThat(token.threads()).isEqualTo(1);
        assertThat(token.required()).isTrue();
        ServiceToken withoutTokens = new ServiceToken(Optional.empty(), ticker);
        assertThat(withoutTokens.threads()).isZero();
        assertThat(withoutTokens.required()).isFalse();
        assertThat(withoutTokens.value()).isEmpty();
    }
}
