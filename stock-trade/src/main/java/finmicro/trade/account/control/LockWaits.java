package finmicro.trade.account.control;

import finmicro.common.outage.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.Log;
import finmicro.common.time.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs transactions that wait for the lock of an account. Each holds a database connection while it waits. Therefore up to
 * {@value #MAX_CONCURRENT} run concurrently, and one per account: an account that stays locked occupies a single connection.
 */
@ApplicationScoped
public class LockWaits {

    /** Maximum number of concurrent transactions. */
    static final int MAX_CONCURRENT = 3;

    /** Maximum wait for a turn: slightly longer than the lock wait timeout of the transaction before it. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 3;

    /** A lock conflict within this time is a deadlock and is retried; a later one is a lock wait timeout. */
    private static final Duration DEADLOCK_TIME = Duration.ofSeconds(2);

    private static final System.Logger LOG = Log.of(LockWaits.class);

    /** The permit of one account, and the number of transactions that use or wait for it. */
    private record Turn(Semaphore free, int users) {

        Turn plus(int more) {
            return new Turn(free, users + more);
        }
    }

    private final Semaphore all;
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

    public LockWaits() {
        this(MAX_CONCURRENT, Ticker.SYSTEM);
    }

    /** @param maxConcurrent maximum number of concurrent transactions */
    LockWaits(int maxConcurrent, Ticker ticker) {
        this.all = new Semaphore(maxConcurrent, true);
        this.ticker = ticker;
    }

    /**
     * Runs the transaction as soon as a turn is free.
     *
     * @param transaction begins and ends a database transaction; retried after a deadlock
     * @throws finmicro.common.problem.ProblemException 503 if the wait for a turn times out, or the account stays locked
     */
    public <T> T run(String account, Supplier<T> transaction) {
        Semaphore own = turns.compute(
                        account, (id, turn) -> turn == null ? new Turn(new Semaphore(1, true), 1) : turn.plus(1))
                .free();
        try {
            long deadline = ticker.nanos() + MAX_WAIT.toNanos();
            return withPermit(own, deadline, () -> withPermit(all, deadline, () -> withRetries(transaction)));
        } finally {
            turns.compute(account, (id, turn) -> turn.users() == 1 ? null : turn.plus(-1));
        }
    }

    /** Whether a transaction of the account runs or waits for its turn. */
    public boolean isWaiting(String account) {
        return turns.containsKey(account);
    }

    private <T> T withPermit(Semaphore permits, long deadline, Supplier<T> work) {
        try {
            if (!permits.tryAcquire(deadline - ticker.nanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private <T> T withRetries(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            long start = ticker.nanos();
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (!Outages.isLockConflict(e)) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "account.locked reason={0}", Outages.reason(e));
                if (attempt == ATTEMPTS || ticker.nanos() - start >= DEADLOCK_TIME.toNanos()) {
                    throw busy();
                }
            }
        }
    }

    private static RuntimeException busy() {
        return Problem.unavailable("The account is busy. Nothing was changed. Try again.")
                .exception();
    }
}
