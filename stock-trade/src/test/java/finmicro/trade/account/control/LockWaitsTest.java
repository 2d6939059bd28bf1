package finmicro.trade.account.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.problem.ProblemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockWaitsTest {

    private final LockWaits waits = new LockWaits();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void transactionsOfOneAccountRunSequentially() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger maxRunning = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(threads.submit(() -> waits.run("alice", () -> {
                maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                return running.decrementAndGet();
            })));
        }
        for (Future<?> one : all) {
            one.get(10, TimeUnit.SECONDS);
        }

        assertThat(maxRunning).hasValue(1);
        assertThat(waits.isWaiting("alice")).isFalse();
    }

    /** Two stuck accounts occupy two of the three turns, regardless of the number of their transactions. */
    @Test
    void stuckAccountOccupiesOneTurn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Semaphore started = new Semaphore(0);
        List<Future<Boolean>> blocked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String account = i % 2 == 0 ? "alice" : "bob";
            blocked.add(threads.submit(() -> waits.run(account, () -> {
                started.release();
                return await(release);
            })));
        }
        assertThat(started.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();

        Future<String> other = threads.submit(() -> waits.run("carol", () -> "done"));

        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(waits.isWaiting("alice")).isTrue();
        release.countDown();
        for (Future<Boolean> one : blocked) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(waits.isWaiting("alice")).isFalse();
    }

    @Test
    void deadlockIsRetriedAndAnAccountThatStaysLockedReturns503() {
        AtomicInteger attempts = new AtomicInteger();
        assertThat(waits.<Integer>run("alice", () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException(new SQLException("deadlock", "40001", 1213));
                    }
                    return attempts.get();
                }))
                .isEqualTo(3);

        assertThatThrownBy(() -> waits.run("alice", () -> {
                    throw new IllegalStateException(new SQLException("lock wait timeout", "HY000", 1205));
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(503));
        assertThat(waits.isWaiting("alice")).isFalse();
    }

    @Test
    void otherFailureIsRethrown() {
        assertThatThrownBy(() -> waits.run("alice", () -> {
                    throw new IllegalArgumentException("a bug");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(waits.isWaiting("alice")).isFalse();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
