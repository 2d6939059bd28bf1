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

    /** How many messages it is given at most. */
    default int most() {
        return 10 * call();
    }

    /**
     * Delivers the messages, outside any transaction, for as long as their claim allows.
     *
     * @param deadline to be checked before each call
     * @return the outcome of each message that was attempted, by its message id; the others are given back
     */
    Map<String, Outcome> deliver(List<OutboxMessage> messages, ClaimDeadline deadline);

    /** Told of a message that was delivered, once the outbox knows it too. */
    default void delivered(OutboxMessage message) {}
}
