package finmicro.trade.hold.control;

import finmicro.common.telemetry.TraceContext;
import finmicro.trade.TradeConfig;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    public void announce(List<NumberedOrder> orders) {
        outbox.append(
                orders.stream()
                        .map(order -> message(order.tradeNo(), TraceContext.text(order.context())))
                        .toList(),
                unlessAccepted);
    }

    /** Gives an order under way its whole time once more. Returns false where it cannot be accepted any more. */
    public boolean postpone(long tradeNo) {
        return outbox.postpone(id(tradeNo), unlessAccepted);
    }

    /** Takes back what was announced. Returns false where any of it was claimed already, or taken back before. */
    public boolean withdraw(List<Long> tradeNos) {
        return outbox.withdraw(tradeNos.stream().map(Releases::id).toList()) == tradeNos.size();
    }

    /** What has stock-balance release what it holds for a trade that came to nothing, if it holds anything. */
    public Optional<OutboxMessage> release(Trade trade, String traceparent) {
        return trade.isHeld() ? Optional.of(message(trade.tradeNo(), traceparent)) : Optional.empty();
    }

    private static String id(long tradeNo) {
        return OutboxMessage.id(Destination.RELEASE, tradeNo);
    }

    private static OutboxMessage message(long tradeNo, String traceparent) {
        return new OutboxMessage(tradeNo, Destination.RELEASE, "", traceparent, null);
    }
}
