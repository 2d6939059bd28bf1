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

    /** It overflows ten seconds after the start. */
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(10).toNanos());

    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Duration life = Duration.ofHours(1);
    private volatile boolean away;
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private final Ticker ticker = nanos::get;
    private final ServiceToken token = new ServiceToken(Optional.of(this::granted), ticker);

    @AfterEach
    void endThreads() {
        answering.countDown();
        threads.shutdownNow();
    }

    private AccessToken granted() {
        int number = fetches.incrementAndGet();
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (away) {
            throw new ProcessingException("Connection refused");
        }
        return new AccessToken("token-" + number, life);
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private String value() {
        return token.value().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"3600, 3570", "61, 31", "60, 30", "59, 29.5", "4, 2"})
    void tokenIsUsedUntilShortlyBeforeItExpiresCountedFromItsReceipt(long seconds, double used) {
        life = Duration.ofSeconds(seconds);
        Duration use = Duration.ofMillis((long) (used * 1000));
        value();

        pass(use.minusNanos(1));
        assertThat(value()).isEqualTo("token-1");

        pass(Duration.ofNanos(1));
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void tokenThatWasRefusedIsNotShownAgainAndANewerOneStays() {
        value();

        token.drop("token-1");
        assertThat(value()).isEqualTo("token-2");

        token.drop("token-1");
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void callsAtTheSameTimeShareOneFetchOfASlowEndpoint() throws Exception {
        answering = new CountDownLatch(1);
        List<Future<String>> calls = IntStream.range(0, 16)
                .mapToObj(i -> threads.submit(this::value))
                .toList();
        await().until(() -> fetches.get() == 1);

        answering.countDown();

        for (Future<String> call : calls) {
            assertThat(call.get()).isEqualTo("token-1");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void callsGiveUpOnAnEndpointThatDoesNotAnswerWithinSecondsAllTogether() {
        answering = new CountDownLatch(1);
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
    void callWithAGoodTokenAndTheRefusalOfAnotherDoNotWaitForAFetch() throws Exception {
        value();
        answering = new CountDownLatch(1);
        token.drop("token-1");
        Future<String> fetching = threads.submit(this::value);
        await().until(() -> fetches.get() == 2);

        threads.submit(() -> token.drop("token-1")).get(1, TimeUnit.SECONDS);

        assertThat(fetching).isNotDone();
    }

    @Test
    void endpointThatIsAwayIsAskedOnceASecond() {
        away = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::value).isInstanceOf(ProcessingException.class);
        }
        assertThat(fetches).hasValue(1);

        pass(Duration.ofMillis(999));
        assertThatThrownBy(this::value).isInstanceOf(ProcessingException.class);
        assertThat(fetches).hasValue(1);

        away = false;
        pass(Duration.ofMillis(1));
        assertThat(value()).isEqualTo("token-2");
    }

    @Test
    void serviceIsNotReadyBeforeItsFirstTokenIfItNeedsOne() {
        assertThat(token.threads()).isEqualTo(1);
        assertThat(token.required()).isTrue();
        ServiceToken notNeeded = new ServiceToken(Optional.empty(), ticker);
        assertThat(notNeeded.threads()).isZero();
        assertThat(notNeeded.required()).isFalse();
        assertThat(notNeeded.value()).isEmpty();
    }
}
