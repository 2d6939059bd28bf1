package finmicro.trade.outbox.control;

import finmicro.embedded.ThreadBoundDataSource;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** An outbox whose methods for the relay are transactions, as the container's interceptor makes them. */
final class TransactionalOutbox extends Outbox {

    private final ThreadBoundDataSource dataSource;

    TransactionalOutbox(ThreadBoundDataSource dataSource, AfterCommitDispatch dispatch) {
        super(dataSource, dispatch);
        this.dataSource = dataSource;
    }

    @Override
    public List<OutboxMessage> claim(OutboxMessage.Destination destination, int limit, int batchSize) {
        return inTransaction(() -> super.claim(destination, limit, batchSize));
    }

    @Override
    public void mark(Map<String, Outcome> outcomes) {
        inTransaction(() -> {
            super.mark(outcomes);
            return null;
        });
    }

    private <T> T inTransaction(Callable<T> work) {
        try {
            return dataSource.inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
