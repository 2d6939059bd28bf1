package finmicro.trade.ledger.control;

import finmicro.common.time.JapanTime;
import finmicro.common.trading.Account;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.ledger.entity.AccountSnapshot;
import finmicro.trade.ledger.entity.BookedTrades;
import finmicro.trade.order.control.TradeEffects;
import finmicro.trade.order.entity.Contract;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the trades of {@code main} that a snapshot of the ledger may not include, and queries the ledger for these only: open
 * trades, fills whose message is unsent or was sent after the take-over began, and recent fills of the old stock-trade, which
 * settles them itself. The snapshot includes every other finished trade, even if an old stock-balance booked it without a number.
 */
@ApplicationScoped
public class UnbookedTrades {

    /** Maximum time until the old stock-trade has settled a fill. */
    static final Duration RECENT = Duration.ofMinutes(10);

    private static final int PAGE = BookedTrades.MAX_TRADES;
    private static final int MARK_LIMIT = 1_000;

    private static final String MESSAGE =
            "o.message_id = CONVERT(CONCAT('settle-', t.trade_no) USING ascii) COLLATE ascii_bin";

    private static final String MARK_OLD =
            "UPDATE trades SET account_effect = 'A' WHERE account_effect = 'N' AND trade_no IN (%s)";

    private static final String OLD = "SELECT t.trade_no FROM trades t WHERE t.account_effect = 'N'"
            + " AND t.trade_status IN ('1', '2', '9') AND t.account = 'main' AND t.update_time < ?1"
            + " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE " + MESSAGE + " AND o.state IN ('W', 'P')) LIMIT "
            + MARK_LIMIT;

    private static final String PENDING = "SELECT t.trade_no FROM trades t WHERE t.account_effect = 'N'"
            + " AND t.trade_status IN ('1', '2', '9') AND t.account = 'main'";

    private static final String OPEN = "SELECT t.trade_no FROM trades t WHERE t.account_effect = 'N'"
            + " AND t.trade_status = '0' AND t.account = 'main'";

    private static final String SENT = "SELECT t.trade_no FROM outbox o JOIN trades t"
            + " ON t.trade_no = CAST(SUBSTRING(o.message_id, 8) AS UNSIGNED) WHERE o.destination = 'SETTLE'"
            + " AND t.account = 'main' AND t.trade_status = '1' AND ";
    private static final String UNSENT = SENT + "o.state IN ('W', 'P')";
    private static final String SENT_SINCE = SENT + "o.state = 'S' AND o.sent_at >= ?1";

    private static final String OF_OLD_TRADE = "SELECT t.trade_no FROM trades t WHERE t.update_time >= ?1"
            + " AND t.trade_status = '1' AND t.account = 'main'"
            + " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE " + MESSAGE + ")";

    private final BalanceGateway balance;
    private final BookedOutcomes outcomes;
    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public UnbookedTrades(BalanceGateway balance, BookedOutcomes outcomes, Clock clock) {
        this.balance = balance;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** The current time of the database. */
    String now() {
        return (String) entities.createNativeQuery("SELECT CAST(UTC_TIMESTAMP(3) AS CHAR)")
                .getSingleResult();
    }

    /**
     * Marks finished trades that any later snapshot includes, so that few are left for the take-over itself.
     *
     * @return whether there may be more
     */
    boolean markOld() {
        List<Long> old = numbers(OLD, recent());
        if (!old.isEmpty()) {
            String places = String.join(", ", old.stream().map(String::valueOf).toList());
            entities.createNativeQuery(MARK_OLD.formatted(places)).executeUpdate();
        }
        return old.size() == MARK_LIMIT;
    }

    /**
     * Applies the effect of each trade: a reservation if it is open, its fill if that is not in the snapshot. Locks no trade during
     * the calls to the ledger.
     *
     * @param begin the time of the database before the snapshot was read
     */
    void apply(LockedAccounts main, AccountSnapshot snapshot, String begin) {
        // Trades first: one that is finished now already has its message when the messages are read.
        TreeSet<Long> all = new TreeSet<>(numbers(PENDING));
        Set<Long> candidates = new HashSet<>(numbers(UNSENT));
        candidates.addAll(numbers(SENT_SINCE, begin));
        candidates.addAll(numbers(OF_OLD_TRADE, recent()));
        candidates.addAll(numbers(OPEN));
        all.addAll(candidates);
        for (List<Long> page : pages(candidates)) {
            candidates.removeAll(booked(snapshot, page));
        }
        for (List<Long> page : pages(all)) {
            outcomes.lock(page).values().forEach(trade -> apply(main, trade, candidates.contains(trade.tradeNo())));
        }
    }

    private void apply(LockedAccounts main, Trade trade, boolean unbooked) {
        if (unbooked && trade.isOpen()) {
            TradeEffects.reserve(main, trade);
        } else if (unbooked && trade.status() == TradeStatus.FILLED) {
            Fill fill = entities.find(Fill.class, trade.tradeNo());
            if (fill != null) {
                book(main, trade.bookingKey(), fill.contract(Account.MAIN));
                trade.applied();
            }
        } else {
            trade.applied();
        }
    }

    private static void book(LockedAccounts main, String key, Contract fill) {
        boolean buy = fill.tradeType() == TradeType.BUY;
        main.book(
                key,
                Account.MAIN,
                buy ? -fill.settlementAmount() : fill.settlementAmount(),
                fill.stockCode(),
                buy ? fill.contractQuantity() : -fill.contractQuantity());
    }

    private List<Long> booked(AccountSnapshot snapshot, List<Long> tradeNos) {
        return balance.booked(new BookedTrades.Question(Account.MAIN, snapshot.sequence(), tradeNos))
                .tradeNos();
    }

    /** In the format of the column, which sorts by time. */
    private String recent() {
        return JapanTime.text(JapanTime.of(clock.instant().minus(RECENT)));
    }

    private List<Long> numbers(String sql, String... parameters) {
        Query query = entities.createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> ((Number) row).longValue()).toList();
    }

    private static List<List<Long>> pages(Set<Long> tradeNos) {
        List<Long> sorted = List.copyOf(new TreeSet<>(tradeNos));
        List<List<Long>> pages = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += PAGE) {
            pages.add(sorted.subList(from, Math.min(sorted.size(), from + PAGE)));
        }
        return pages;
    }
}
