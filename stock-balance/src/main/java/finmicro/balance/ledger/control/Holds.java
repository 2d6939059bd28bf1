package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.CashBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.Hold;
import finmicro.balance.ledger.entity.HoldRequest;
import finmicro.balance.ledger.entity.Holding;
import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is held for orders under way, so that no yen and no share is promised twice. Nothing expires here, since only
 * stock-trade knows whether an order was accepted. As settlements do, each change takes the lock on the one row of cash
 * first.
 */
@ApplicationScoped
public class Holds {

    /** For how long a hold that was released is remembered. */
    public static final Duration REMEMBERED = Duration.ofDays(1);

    private static final String PURGE =
            "DELETE FROM holds WHERE released_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND LIMIT 1000";

    private final Clock clock;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public Holds(Clock clock) {
        this.clock = clock;
    }

    /**
     * Holds what the order needs, within the caller's transaction; once, however often it is asked for.
     *
     * @throws finmicro.common.problem.ProblemException 422 when so much is not available; 409 when the number was
     *     released or settled before, or holds something else
     */
    public void place(long tradeNo, HoldRequest request) {
        CashBalance cash = lockedCash();
        Hold before = entities.find(Hold.class, tradeNo);
        if (before != null && before.isOf(request)) {
            return;
        }
        if (before != null || entities.find(StockMove.class, tradeNo) != null) {
            throw Problem.holdConflict("trade " + tradeNo + " was released, settled, or holds something else")
                    .exception();
        }
        hold(request, cash);
        entities.persist(new Hold(tradeNo, request));
    }

    private void hold(HoldRequest request, CashBalance cash) {
        if (request.cashValue() > 0) {
            if (request.cashValue() > cash.available()) {
                throw Problem.insufficientFunds(request.cashValue(), cash.available())
                        .exception();
            }
            cash.hold(request.cashValue());
        }
        if (request.stockQuantity() > 0) {
            Holding holding = lockedHolding(request.stockCode());
            long available = holding == null ? 0 : holding.available();
            if (request.stockQuantity() > available) {
                throw Problem.insufficientHoldings(request.stockCode(), request.stockQuantity(), available)
                        .exception();
            }
            holding.hold(request.stockQuantity());
        }
    }

    /** Releases what is held for the order, within the caller's transaction, and remembers that it was. */
    public void release(long tradeNo) {
        CashBalance cash = lockedCash();
        Hold hold = entities.find(Hold.class, tradeNo);
        if (hold == null) {
            entities.persist(Hold.released(tradeNo, clock.instant()));
        } else if (!hold.isReleased()) {
            free(hold, cash, this::lockedHolding);
            hold.release(clock.instant());
        }
    }

    /** What is held for these trades, by their numbers; one that was released is not among it. */
    Map<Long, Hold> of(List<ContractTrade> trades) {
        if (trades.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "SELECT h FROM Hold h WHERE h.tradeNo IN :numbers AND h.releasedAt IS NULL", Hold.class)
                .setParameter(
                        "numbers", trades.stream().map(ContractTrade::tradeNo).collect(Collectors.toSet()))
                .getResultStream()
                .collect(Collectors.toMap(Hold::tradeNo, Function.identity()));
    }

    /**
     * Ends a hold, for the settlement of its trade to take its place.
     *
     * @param hold null where there is none
     * @param holdings the holding of a stock, locked
     */
    void end(Hold hold, CashBalance cash, Function<String, Holding> holdings) {
        if (hold != null) {
            free(hold, cash, holdings);
            entities.remove(hold);
        }
    }

    private static void free(Hold hold, CashBalance cash, Function<String, Holding> holdings) {
        cash.free(hold.cashValue());
        if (hold.isOfShares()) {
            holdings.apply(hold.stockCode()).free(hold.stockQuantity());
        }
    }

    private Holding lockedHolding(String stockCode) {
        return entities.find(Holding.class, stockCode, LockModeType.PESSIMISTIC_WRITE);
    }

    private CashBalance lockedCash() {
        return entities.find(CashBalance.class, CashBalance.ID, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Forgets up to 1000 holds that were released longer ago than {@link #REMEMBERED}. Returns how many. */
    @Transactional
    public int purge() {
        return entities.createNativeQuery(PURGE)
                .setParameter(1, REMEMBERED.toSeconds())
                .executeUpdate();
    }
}
