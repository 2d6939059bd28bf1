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
 * Lets Lincheck try the interleavings of transactions that end while the relay takes messages up: a few in each build, many with
 * {@code -Pchaos}.
 */
@Tag("chaos")
class DispatchQueueModelTest {

    private static final int ROOM = 2;

    /** The test ends each transaction itself. */
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
            queue.open(ROOM);
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

        private synchronized void count(boolean done, boolean due, int up) {
            committed += done ? 1 : 0;
            inTable += due ? 1 : 0;
            taken += up;
        }

        /** Each message is taken up once or left in the table with a signal, and no room stays reserved. */
        @Validate
        public void nothingIsLostAndNothingIsLeftReserved() throws InterruptedException {
            boolean signalled = queue.takeSignal();
            int left = queue.close(Duration.ZERO).size();
            if (left > ROOM || taken + left + inTable != committed || signalled != inTable > 0) {
                throw new AssertionError("committed " + committed + " in the table " + inTable + " taken " + taken
                        + " left " + left + " signalled " + signalled);
            }
            queue.open(ROOM);
            if (!queue.reserve(ROOM)) {
                throw new AssertionError("room is reserved that nothing will take");
            }
            queue.release(ROOM);
        }
    }

    @Test
    void noMessageIsLostOrTakenTwiceWhateverTheInterleaving() {
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
