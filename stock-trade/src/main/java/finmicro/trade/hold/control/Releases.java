package finmicro.trade.hold.control;

import finmicro.common.telemetry.TraceContext;
import finmicro.trade.TradeConfig;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * The messages that have stock-balance release a hold. That of an order under way is committed before anything is held,
 * due in a while, and withdrawn in the transaction that accepts the order: a hold whose order was not accepted, whoever
 * died when, is released. Once a relay has claimed the message, the number can be accepted no more.
 */
@ApplicationScoped
public class Releases {

    private final Outbox outbox;
    private final Duration unlessAccepted;

    @Inject
    public Releases(Outbox outbox, TradeConfig config) {
        this.outbox = outbox;
        this.unlessAccepted = config.releaseUnlessAccepted();
    }

    /** Announces, within the caller's transaction, that what is going to be held will be released unless it is accepted. */
    public void announce(long tradeNo) {
        outbox.append(message(tradeNo, TraceContext.current()), unlessAccepted);
    }

    /** Gives an order under way its whole time once more. Returns false where it cannot be accepted any more. */
    public boolean postpone(long tradeNo) {
        return outbox.postpone(id(tradeNo), unlessAccepted);
    }

    /** Takes back what was announced. Returns false where it was claimed already, or taken back before. */
    public boolean withdraw(long tradeNo) {
        return outbox.withdraw(id(tradeNo));
    }

    /** Releases what is held for a trade that came to nothing, if anything is, within the caller's transaction. */
    public void release(Trade trade, String traceparent) {
        if (trade.isHeld()) {
            outbox.append(message(trade.tradeNo(), traceparent));
        }
    }

    private static String id(long tradeNo) {
        return OutboxMessage.id(Destination.RELEASE, tradeNo);
    }

    private static OutboxMessage message(long tradeNo, String traceparent) {
        return new OutboxMessage(tradeNo, Destination.RELEASE, "", traceparent, null);
    }
}
