package finmicro.trade.account.control;

import finmicro.common.problem.Outages;
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
 * Runs transactions that wait for the lock of an account. Each of them holds a connection while it waits, so only
 * {@value #MOST} run at once, and one for each account: an account that stays locked takes a single connection.
 */
@ApplicationScoped
public class LockWaits {

    /** The maximum number of transactions that wait at once. */
    static final int MOST = 3;

    /** The maximum wait for a turn: somewhat more than the database lets the transaction before it wait for a lock. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 3;

    /** A lock conflict that comes sooner is a deadlock, which ends at the next attempt. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private static final System.Logger LOG = Log.of(LockWaits.class);

    /** The turn of one account, while any transaction of it runs or waits for its turn. */
    private record Turn(Semaphore free, int users) {

        Turn plus(int more) {
            return new Turn(free, users + more);
        }
    }

    private final Semaphore all;
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

    public LockWaits() {
        this(MOST, Ticker.SYSTEM);
    }

    /** @param most the maximum number of transactions that wait at once */
    LockWaits(int most, Ticker ticker) {
        this.all = new Semaphore(most, true);
        this.ticker = ticker;
    }

    /**
     * Runs the transaction when it is its turn.
     *
     * @param transaction begins and ends in it; runs again after a deadlock
     * @throws finmicro.common.problem.ProblemException 503 if no turn comes, or the account stays locked
     */
    public <T> T run(String account, Supplier<T> transaction) {
        Semaphore mine = turns.compute(
                        account, (id, turn) -> turn == null ? new Turn(new Semaphore(1, true), 1) : turn.plus(1))
                .free();
        try {
            long deadline = ticker.nanos() + TURN.toNanos();
            return within(mine, deadline, () -> within(all, deadline, () -> retried(transaction)));
        } finally {
            turns.compute(account, (id, turn) -> turn.users() == 1 ? null : turn.plus(-1));
        }
    }

    /** Whether a transaction of that account runs or waits for its turn. */
    public boolean isWaiting(String account) {
        return turns.containsKey(account);
    }

    private <T> T within(Semaphore permits, long deadline, Supplier<T> work) {
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

    private <T> T retried(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            long start = ticker.nanos();
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (!Outages.isLockConflict(e)) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "account.locked reason={0}", Outages.reason(e));
                if (attempt == ATTEMPTS || ticker.nanos() - start >= LOCK_WAIT.toNanos()) {
                    throw busy();
                }
            }
        }
    }

    private static RuntimeException busy() {
        return Problem.unavailable("The account is busy. The request was not carried out. Try again.")
                .exception();
    }
}
