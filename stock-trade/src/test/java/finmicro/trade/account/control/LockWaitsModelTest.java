package finmicro.trade.account.control;

import finmicro.common.problem.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks interleavings of transactions that wait for their accounts with Lincheck: a few in each build, many with
 * {@code -Pchaos}. A transaction that never ends is a failure.
 */
@Tag("chaos")
class LockWaitsModelTest {

    private static final int ACCOUNTS = 3;

    /** Transactions of a few accounts, some of them failing, while time advances. */
    @Param(name = "account", gen = IntGen.class, conf = "0:2")
    @Param(name = "fails", gen = BooleanGen.class)
    public abstract static class Transactions {

        private final int maxConcurrent;
        private final LockWaits waits;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger[] runningOf = new AtomicInteger[ACCOUNTS];
        private volatile long now;
        private volatile String fault;

        Transactions(int maxConcurrent) {
            this.maxConcurrent = maxConcurrent;
            waits = new LockWaits(maxConcurrent, () -> now);
            for (int i = 0; i < ACCOUNTS; i++) {
                runningOf[i] = new AtomicInteger();
            }
        }

        @Operation
        public void run(int account, boolean fails) {
            int before = now == 0 ? 0 : 1;
            try {
                waits.run(Integer.toString(account), () -> transaction(account, fails));
            } catch (IllegalStateException e) {
                check(fails, "failed without a failing transaction");
            } catch (ProblemException e) {
                check(before + (now == 0 ? 0 : 1) > 0, "timed out although no time passed");
            }
        }

        private Integer transaction(int account, boolean fails) {
            check(running.incrementAndGet() <= maxConcurrent, "too many concurrent transactions");
            check(runningOf[account].incrementAndGet() == 1, "two concurrent transactions of one account");
            check(waits.isWaiting(Integer.toString(account)), "not reported as waiting");
            runningOf[account].decrementAndGet();
            running.decrementAndGet();
            if (fails) {
                throw new IllegalStateException("a bug");
            }
            return account;
        }

        @Operation
        public void expire() {
            now += 10_000_000_000L;
        }

        private void check(boolean ok, String message) {
            if (!ok) {
                fault = message;
            }
        }

        /** No transaction waits, and all turns are free: takes all of them, nested, without waiting. */
        @Validate
        public void noTurnIsLost() {
            for (int i = 0; i < ACCOUNTS; i++) {
                check(!waits.isWaiting(Integer.toString(i)), "still waiting");
            }
            nested(maxConcurrent);
            if (fault != null) {
                throw new AssertionError(fault);
            }
        }

        private Integer nested(int depth) {
            return depth == 0 ? 0 : waits.run("validation-" + depth, () -> nested(depth - 1));
        }
    }

    /** One turn for all accounts. */
    public static class OneTurn extends Transactions {
        public OneTurn() {
            super(1);
        }
    }

    /** Two turns. */
    public static class TwoTurns extends Transactions {
        public TwoTurns() {
            super(2);
        }
    }

    private static ModelCheckingOptions options() {
        boolean isLong = "long".equals(System.getProperty("chaos"));
        return new ModelCheckingOptions()
                .iterations(isLong ? 10 : 1)
                .invocationsPerIteration(isLong ? 1_000 : 100)
                .actorsBefore(0)
                .actorsAfter(0)
                // Creating the problem is irrelevant here, but multiplies the interleavings.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("finmicro.common.problem.Problem")
                        .allMethods()
                        .treatAsAtomic())
                .verifier(EpsilonVerifier.class);
    }

    @Test
    void oneTurnAllowsOneTransactionAtATime() {
        options().threads(2).actorsPerThread(2).check(OneTurn.class);
    }

    @Test
    void twoTurnsAllowTwoTransactionsAtATime() {
        options().threads(3).actorsPerThread(1).check(TwoTurns.class);
    }
}
