package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.CashBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.Hold;
import finmicro.balance.ledger.entity.HoldRequest;
import finmicro.balance.ledger.entity.Holding;
import finmicro.common.problem.Problem;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * A hold that is asked for.
     *
     * @param trace the context that it belongs to
     */
    public record Placement(long tradeNo, HoldRequest request, Context trace) {}

    private final Clock clock;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public Holds(Clock clock) {
        this.clock = clock;
    }

    /**
     * Holds what the orders need, each as if it came alone: once, however often it is asked for. However many there are, each
     * table is read once, and before anything is changed.
     *
     * @return of each, in their order, why nothing is held for it: 422 when so much is not available; 409 when the number was
     *     released or settled before, or holds something else; nothing where all of it is held
     */
    @Transactional
    public List<Optional<Problem>> place(List<Placement> placements) {
        CashBalance cash = lockedCash();
        Set<Long> numbers = placements.stream().map(Placement::tradeNo).collect(Collectors.toSet());
        Map<Long, Hold> before = byNumber(numbers);
        Set<Long> settled = settled(numbers);
        Map<String, Holding> holdings = lockedHoldings(placements.stream()
                .map(Placement::request)
                .filter(request -> request.stockQuantity() > 0)
                .map(HoldRequest::stockCode)
                .collect(Collectors.toSet()));
        List<Optional<Problem>> refusals = new ArrayList<>();
        for (Placement placement : placements) {
            HoldRequest request = placement.request();
            Hold hold = before.get(placement.tradeNo());
            boolean taken = hold != null || settled.contains(placement.tradeNo());
            Optional<Problem> refusal =
                    taken ? conflict(placement, hold) : shortage(request, cash, holdings.get(request.stockCode()));
            if (!taken && refusal.isEmpty()) {
                before.put(placement.tradeNo(), hold(placement, cash, holdings));
            }
            refusals.add(refusal);
        }
        return refusals;
    }

    private static Optional<Problem> conflict(Placement placement, Hold before) {
        return before != null && before.isOf(placement.request())
                ? Optional.empty()
                : Optional.of(Problem.holdConflict(
                        "trade " + placement.tradeNo() + " was released, settled, or holds something else"));
    }

    private static Optional<Problem> shortage(HoldRequest request, CashBalance cash, Holding holding) {
        if (request.cashValue() > 0 && request.cashValue() > cash.available()) {
            return Optional.of(Problem.insufficientFunds(request.cashValue(), cash.available()));
        }
        long available = holding == null ? 0 : holding.available();
        if (request.stockQuantity() > 0 && request.stockQuantity() > available) {
            return Optional.of(Problem.insufficientHoldings(request.stockCode(), request.stockQuantity(), available));
        }
        return Optional.empty();
    }

    private Hold hold(Placement placement, CashBalance cash, Map<String, Holding> holdings) {
        Hold hold = new Hold(placement.tradeNo(), placement.request());
        cash.hold(hold.cashValue());
        if (hold.isOfShares()) {
            holdings.get(hold.stockCode()).hold(hold.stockQuantity());
        }
        entities.persist(hold);
        return hold;
    }

    private Set<Long> settled(Set<Long> numbers) {
        return entities.createQuery("SELECT m.tradeNo FROM StockMove m WHERE m.tradeNo IN :numbers", Long.class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    private Map<Long, Hold> byNumber(Set<Long> numbers) {
        return entities.createQuery("SELECT h FROM Hold h WHERE h.tradeNo IN :numbers", Hold.class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .collect(Collectors.toMap(Hold::tradeNo, Function.identity()));
    }

    /** Releases what is held for the order, within the caller's transaction, and remembers that it was. */
    public void release(long tradeNo) {
        CashBalance cash = lockedCash();
        Hold hold = entities.find(Hold.class, tradeNo);
        if (hold == null) {
            entities.persist(Hold.released(tradeNo, clock.instant()));
        } else if (!hold.isReleased()) {
            free(hold, cash, code -> lockedHoldings(Set.of(code)).get(code));
            hold.release(clock.instant());
        }
    }

    /** What is held for these trades, by their numbers; one that was released is not among it. */
    Map<Long, Hold> of(List<ContractTrade> trades) {
        if (trades.isEmpty()) {
            return Map.of();
        }
        Map<Long, Hold> holds =
                byNumber(trades.stream().map(ContractTrade::tradeNo).collect(Collectors.toSet()));
        holds.values().removeIf(Hold::isReleased);
        return holds;
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

    /** The holdings of these stocks, as far as there are any, locked. */
    Map<String, Holding> lockedHoldings(Set<String> stockCodes) {
        if (stockCodes.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "SELECT h FROM Holding h WHERE h.stockCode IN :codes ORDER BY h.stockCode", Holding.class)
                .setParameter("codes", stockCodes)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(Collectors.toMap(Holding::stockCode, Function.identity()));
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
