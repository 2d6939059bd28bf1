package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks with Lincheck the interleavings of ending transactions and a relay that takes messages: a few in each build, many with
 * {@code -Pchaos}.
 */
@Tag("chaos")
class DispatchQueueModelTest {

    private static final int CAPACITY = 2;

    /** Ignores registrations, because the test ends each transaction itself. */
    private static final class Registry implements TransactionSynchronizationRegistry {

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {}

        @Override
        public Object getTransactionKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void putResource(Object key, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getResource(Object key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getTransactionStatus() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean getRollbackOnly() {
            throw new UnsupportedOperationException();
        }
    }

    /** Transactions of one message each, and the relay of its destination. */
    @Param(name = "commits", gen = BooleanGen.class)
    public static class Transactions {

        private final AfterCommitDispatch dispatch = new AfterCommitDispatch(new Registry());
        private final DispatchQueue queue = dispatch.queue(Destination.ORDER);
        private int committed;
        private int inTable;
        private int taken;

        public Transactions() {
            queue.open(CAPACITY);
        }

        @Operation
        public void append(boolean commits) {
            OutboxMessage message = new OutboxMessage(10_012, Destination.ORDER, "{}", null, null);
            List<AfterCommitDispatch.Group> groups = dispatch.register(List.of(message));
            AfterCommitDispatch.Group group = groups.get(0);
            group.afterCompletion(commits ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
            count(commits, commits && !group.claimed(), 0);
        }

        @Operation(nonParallelGroup = "relay")
        public void relay() {
            count(false, false, queue.take(10, 1).size());
        }

        private synchronized void count(boolean commit, boolean due, int messages) {
            committed += commit ? 1 : 0;
            inTable += due ? 1 : 0;
            taken += messages;
        }

        /** Each message is taken once, or is due in the table with a signal, and no capacity stays reserved. */
        @Validate
        public void nothingIsLostAndNothingIsLeftReserved() throws InterruptedException {
            boolean signalled = queue.takeSignal();
            int remaining = queue.close(Duration.ZERO).size();
            if (remaining > CAPACITY || taken + remaining + inTable != committed || signalled != inTable > 0) {
                throw new AssertionError("committed " + committed + " in the table " + inTable + " taken " + taken
                        + " remaining " + remaining + " signalled " + signalled);
            }
            queue.open(CAPACITY);
            if (!queue.reserve(CAPACITY)) {
                throw new AssertionError("unused capacity is still reserved");
            }
            queue.release(CAPACITY);
        }
    }

    @Test
    void noMessageIsLostOrTakenTwiceInAnyInterleaving() {
        boolean isLong = "long".equals(System.getProperty("chaos"));
        new ModelCheckingOptions()
                .iterations(isLong ? 20 : 1)
                .invocationsPerIteration(isLong ? 5_000 : 60)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(Transactions.class);
    }
}
