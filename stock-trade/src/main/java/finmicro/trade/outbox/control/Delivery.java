package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import java.util.List;
import java.util.Map;

/** Tells one destination its messages. */
public interface Delivery {

    /** The destination it serves. */
    OutboxMessage.Destination destination();

    /** How many messages it tells in one call. */
    default int call() {
        return 1;
    }

    /**
     * How many of those that are there are told now: more than a call's by whole calls alone, and the rest is left for others
     * to join it.
     */
    static int wholeCalls(int there, int call) {
        return there > call ? there - there % call : there;
    }

    /** How many messages it is given at most: a slow destination takes so many calls well within {@link Outbox#CLAIM}. */
    default int most() {
        return 10 * call();
    }

    /**
     * Delivers the messages, outside any transaction and well within {@link Outbox#CLAIM}.
     *
     * @return the outcome of each, by its message id; one that is not named counts as to be sent again
     */
    Map<String, Outcome> deliver(List<OutboxMessage> messages);

    /** Told of a message that was delivered, once the outbox knows it too. */
    default void delivered(OutboxMessage message) {}
}
