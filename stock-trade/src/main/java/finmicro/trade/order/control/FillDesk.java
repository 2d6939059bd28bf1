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
 * Records what the market answered: the first answer to a trade counts, any other finds it no longer open, as does that
 * to an order that was cancelled.
 */
@ApplicationScoped
public class FillDesk {

    private static final System.Logger LOG = Log.of(FillDesk.class);

    private final Outbox outbox;
    private final TradeLocks locks;
    private final StrictJson json;
    private final Clock clock;
    private final Event<FillMetrics.Answered> answered;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public FillDesk(
            Outbox outbox, TradeLocks locks, StrictJson json, Clock clock, Event<FillMetrics.Answered> answered) {
        this.outbox = outbox;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
        this.answered = answered;
    }

    /**
     * Records the messages within the caller's transaction, with their effect on the accounts. It never waits for an account: if
     * one is locked elsewhere, {@link OutcomeSweep} applies the effect later.
     *
     * @return those of an unknown trade, or that contradict their trade, each with the reason
     */
    public Map<Received<ContractMessage>, String> record(List<Received<ContractMessage>> messages) {
        TradeLocks.Locked locked = locks.lock(
                messages.stream().map(message -> message.body().tradeNo()).collect(Collectors.toSet()));
        Map<Received<ContractMessage>, String> refused = new LinkedHashMap<>();
        List<OutboxMessage> consequences = new ArrayList<>();
        for (Received<ContractMessage> message : messages) {
            Trade trade = locked.trades().get(message.body().tradeNo());
            Optional<String> fault = fault(trade, message.body());
            fault.ifPresentOrElse(
                    reason -> refused.put(message, reason),
                    () -> message.context()
                            .wrapSupplier(() -> record(locked.accounts(), trade, message))
                            .get()
                            .ifPresent(consequences::add));
        }
        outbox.append(consequences);
        return refused;
    }

    private static Optional<String> fault(Trade trade, ContractMessage contract) {
        if (trade == null) {
            return Optional.of("no trade has the number " + contract.tradeNo());
        }
        boolean same = trade.stockCode().equals(contract.stockCode())
                && trade.tradeType() == contract.tradeType()
                && trade.orderType() == contract.orderType()
                && contract.contractQuantity() <= trade.orderQuantity();
        return same ? Optional.empty() : Optional.of("contradicts trade " + contract.tradeNo());
    }

    /** Records one message. Returns what is to be told because of it. */
    private Optional<OutboxMessage> record(LockedAccounts accounts, Trade trade, Received<ContractMessage> message) {
        if (!trade.isOpen()) {
            var answer = new FillMetrics.Answered(trade.status(), false);
            log(trade.status(), message.body(), answer);
            answered.fire(answer);
            return Optional.empty();
        }
        Optional<OutboxMessage> consequence =
                message.body().orderStatus() ? Optional.of(fill(accounts, trade, message)) : fail(accounts, trade);
        answered.fire(new FillMetrics.Answered(trade.status(), true));
        return consequence;
    }

    /** A cancelled order may still be answered. That a fill follows a no-match, or the other way, is a fault of the market. */
    private static void log(TradeStatus status, ContractMessage contract, FillMetrics.Answered answer) {
        if (status == TradeStatus.CANCELLED) {
            LOG.log(System.Logger.Level.INFO, "contract." + answer.result());
        } else if (contract.orderStatus() == (status == TradeStatus.FILLED)) {
            LOG.log(System.Logger.Level.DEBUG, "contract." + answer.result());
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "contract.contradicted orderStatus={0} tradeStatus={1}: the first answer of the market counts",
                    contract.orderStatus(),
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
