package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.CashBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.Holding;
import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.time.JapanTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

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
     * Settles the trade within the caller's transaction: the real amount takes the place of what was held for it. Returns
     * its move, which may be older than the call.
     */
    public StockMove settle(ContractTrade trade) {
        CashBalance cash = entities.find(CashBalance.class, CashBalance.ID, LockModeType.PESSIMISTIC_WRITE);
        StockMove before = entities.find(StockMove.class, trade.tradeNo());
        StockMove move = before != null ? before : apply(trade, cash);
        settled.fire(new LedgerReport.Settled(trade, before != null));
        return move;
    }

    private StockMove apply(ContractTrade trade, CashBalance cash) {
        holds.end(trade.tradeNo(), cash);
        OffsetDateTime now = JapanTime.now(clock);
        Holding holding = holding(trade.stockCode());
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

    private Holding holding(String stockCode) {
        Holding holding = entities.find(Holding.class, stockCode, LockModeType.PESSIMISTIC_WRITE);
        if (holding == null) {
            holding = new Holding(stockCode);
            entities.persist(holding);
        }
        return holding;
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
