package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.CashBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.Hold;
import finmicro.balance.ledger.entity.Holding;
import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.time.JapanTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies settlements. Each takes the lock on the one row of cash first, so settlements follow one another: a move that
 * exists is then seen, and no two can wait for each other.
 */
@ApplicationScoped
public class Ledger {

    private final Holds holds;
    private final Clock clock;
    private final Event<LedgerReport.Settled> settled;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public Ledger(Holds holds, Clock clock, Event<LedgerReport.Settled> settled) {
        this.holds = holds;
        this.clock = clock;
        this.settled = settled;
    }

    /**
     * Settles the trades in one transaction, the caller's where there is one: the real amount takes the place of what was
     * held for each. However many there are, each table is read once, and before anything is changed.
     *
     * @return the move of each, in their order; one may be older than the call, and that of a repeated trade is there twice
     */
    @Transactional
    public List<StockMove> settle(List<Settlement> settlements) {
        CashBalance cash = entities.find(CashBalance.class, CashBalance.ID, LockModeType.PESSIMISTIC_WRITE);
        Map<Long, StockMove> moves = moves(settlements);
        List<ContractTrade> fresh = settlements.stream()
                .map(Settlement::trade)
                .filter(trade -> !moves.containsKey(trade.tradeNo()))
                .toList();
        Map<Long, Hold> held = holds.of(fresh);
        Map<String, Holding> holdings = holdings(fresh, held.values());
        for (Settlement settlement : settlements) {
            ContractTrade trade = settlement.trade();
            boolean repeated = moves.containsKey(trade.tradeNo());
            if (!repeated) {
                holds.end(held.get(trade.tradeNo()), cash, holdings::get);
                moves.put(trade.tradeNo(), apply(trade, cash, holdings.get(trade.stockCode())));
            }
            settled.fire(new LedgerReport.Settled(settlement, repeated));
        }
        return settlements.stream()
                .map(settlement -> moves.get(settlement.tradeNo()))
                .toList();
    }

    private Map<Long, StockMove> moves(List<Settlement> settlements) {
        return entities.createQuery("SELECT m FROM StockMove m WHERE m.tradeNo IN :numbers", StockMove.class)
                .setParameter(
                        "numbers", settlements.stream().map(Settlement::tradeNo).collect(Collectors.toSet()))
                .getResultStream()
                .collect(Collectors.toMap(StockMove::tradeNo, Function.identity()));
    }

    /** The holdings that these trades and what is held for them are of, locked; new ones where there are none yet. */
    private Map<String, Holding> holdings(List<ContractTrade> trades, Collection<Hold> held) {
        Set<String> codes = Stream.concat(
                        trades.stream().map(ContractTrade::stockCode),
                        held.stream().filter(Hold::isOfShares).map(Hold::stockCode))
                .collect(Collectors.toSet());
        Map<String, Holding> holdings = holds.lockedHoldings(codes);
        trades.forEach(trade -> holdings.computeIfAbsent(trade.stockCode(), this::begin));
        return holdings;
    }

    private Holding begin(String stockCode) {
        Holding holding = new Holding(stockCode);
        entities.persist(holding);
        return holding;
    }

    private StockMove apply(ContractTrade trade, CashBalance cash, Holding holding) {
        OffsetDateTime now = JapanTime.now(clock);
        switch (trade.tradeType()) {
            case BUY -> {
                cash.take(trade.settlementAmount(), now);
                holding.buy(trade.contractQuantity(), trade.contractValue(), now);
            }
            case SELL -> {
                cash.add(trade.settlementAmount(), now);
                holding.sell(trade.contractQuantity(), now);
            }
        }
        StockMove move = new StockMove(trade, cash, holding, now);
        entities.persist(move);
        return move;
    }

    /**
     * Cash and holdings as of one moment.
     *
     * @param holdings by stock code, those sold out among them
     */
    public record Books(CashBalance cash, List<Holding> holdings) {}

    /** The books. By one statement: between two, a settlement may change what the second reads. */
    public Books books() {
        List<Object[]> rows = entities.createQuery(
                        "SELECT c, h FROM CashBalance c LEFT JOIN Holding h ON c.id = " + CashBalance.ID
                                + " ORDER BY h.stockCode",
                        Object[].class)
                .getResultList();
        return new Books(
                (CashBalance) rows.get(0)[0],
                rows.stream()
                        .map(row -> (Holding) row[1])
                        .filter(Objects::nonNull)
                        .toList());
    }
}
