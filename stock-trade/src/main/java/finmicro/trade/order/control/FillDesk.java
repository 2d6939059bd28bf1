package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Received;
import finmicro.common.telemetry.Log;
import finmicro.common.time.JapanTime;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records the market's results. Only the first result of a trade counts; later ones, and results of cancelled orders, have no
 * effect.
 */
@ApplicationScoped
public class FillDesk {

    private static final System.Logger LOG = Log.of(FillDesk.class);

    private final Outbox outbox;
    private final TradeLocks locks;
    private final StrictJson json;
    private final Clock clock;
    private final Event<FillMetrics.Recorded> recorded;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public FillDesk(
            Outbox outbox, TradeLocks locks, StrictJson json, Clock clock, Event<FillMetrics.Recorded> recorded) {
        this.outbox = outbox;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
        this.recorded = recorded;
    }

    /**
     * Records the messages within the caller's transaction, with their effects on the accounts. It never waits for a locked account:
     * {@link OutcomeSweep} applies that effect later.
     *
     * @return the rejected messages, each with the reason: their trade is unknown, or they contradict it
     */
    public Map<Received<ContractMessage>, String> record(List<Received<ContractMessage>> messages) {
        TradeLocks.Locked locked = locks.lock(
                messages.stream().map(message -> message.body().tradeNo()).collect(Collectors.toSet()));
        Map<Received<ContractMessage>, String> rejected = new LinkedHashMap<>();
        List<OutboxMessage> settlements = new ArrayList<>();
        for (Received<ContractMessage> message : messages) {
            Trade trade = locked.trades().get(message.body().tradeNo());
            rejection(trade, message.body())
                    .ifPresentOrElse(
                            reason -> rejected.put(message, reason),
                            () -> message.context()
                                    .wrapSupplier(() -> record(locked.accounts(), trade, message))
                                    .get()
                                    .ifPresent(settlements::add));
        }
        outbox.append(settlements);
        return rejected;
    }

    private static Optional<String> rejection(Trade trade, ContractMessage result) {
        if (trade == null) {
            return Optional.of("no trade has the number " + result.tradeNo());
        }
        boolean matches = trade.stockCode().equals(result.stockCode())
                && trade.tradeType() == result.tradeType()
                && trade.orderType() == result.orderType()
                && result.contractQuantity() <= trade.orderQuantity();
        return matches ? Optional.empty() : Optional.of("contradicts trade " + result.tradeNo());
    }

    /** Records one message. Returns the settlement to send, if any. */
    private Optional<OutboxMessage> record(LockedAccounts accounts, Trade trade, Received<ContractMessage> message) {
        if (!trade.isOpen()) {
            var later = new FillMetrics.Recorded(trade.status(), false);
            log(trade.status(), message.body(), later);
            recorded.fire(later);
            return Optional.empty();
        }
        Optional<OutboxMessage> settlement =
                message.body().orderStatus() ? Optional.of(fill(accounts, trade, message)) : fail(accounts, trade);
        recorded.fire(new FillMetrics.Recorded(trade.status(), true));
        return settlement;
    }

    /** A result for a cancelled order is normal. Two results of one trade that differ are an error of the market. */
    private static void log(TradeStatus status, ContractMessage result, FillMetrics.Recorded later) {
        if (status == TradeStatus.CANCELLED) {
            LOG.log(System.Logger.Level.INFO, "contract." + later.result());
        } else if (result.orderStatus() == (status == TradeStatus.FILLED)) {
            LOG.log(System.Logger.Level.DEBUG, "contract." + later.result());
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "contract.contradicted orderStatus={0} tradeStatus={1}: the first result counts",
                    result.orderStatus(),
                    status.word());
        }
    }

    private OutboxMessage fill(LockedAccounts accounts, Trade trade, Received<ContractMessage> message) {
        OffsetDateTime now = JapanTime.now(clock);
        trade.fill(now);
        Fill fill = new Fill(trade, message.body(), now);
        entities.persist(fill);
        if (accounts.find(trade.account()).isPresent()) {
            TradeEffects.fill(accounts, trade, fill.settlementAmount(), fill.quantity());
        }
        return new OutboxMessage(
                trade.tradeNo(),
                Destination.SETTLE,
                json.text(fill.contract(trade.account())),
                message.traceparent(),
                trade.acceptedAt());
    }

    private Optional<OutboxMessage> fail(LockedAccounts accounts, Trade trade) {
        trade.fail(JapanTime.now(clock));
        if (accounts.find(trade.account()).isPresent()) {
            TradeEffects.release(accounts, trade);
        }
        return Optional.empty();
    }
}
