package finmicro.trade.order.control;

import finmicro.common.access.AccountScope;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The trades there are, to be looked up. */
@ApplicationScoped
public class OrderQueries {

    /**
     * Which trades of the accounts in the scope.
     *
     * @param before only those that follow this trade in the order of the list; null from the beginning
     */
    public record Selection(AccountScope scope, Filter filter, Long before) {

        /** The same, of the trades that follow this one; null for all. */
        public Selection before(Long tradeNo) {
            return new Selection(scope, filter, tradeNo);
        }
    }

    /**
     * Which trades; null in any component selects all.
     *
     * @param from the first day of the order, JST
     * @param to the last day of the order, JST
     */
    public record Filter(
            TradeStatus status, String stockCode, TradeType side, OrderType type, LocalDate from, LocalDate to) {

        /** All trades. */
        public static final Filter NONE = new Filter(null, null, null, null, null, null);

        private boolean hasDays() {
            return from != null || to != null;
        }
    }

    /** Puts its value after {@code SELECT}; other persistence providers ignore it. */
    private static final String SQL_HINT = "eclipselink.sql.hint";

    // Of two indexes MySQL may take that of the side or the stock, and read and sort all trades of all days. MariaDB
    // reads no hints.
    private static final String DAYS_OF_ACCOUNT = "/*+ INDEX(trades trades_by_account_date) */";
    private static final String DAYS_OF_ALL = "/*+ INDEX(trades trades_by_date) */";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** A trade, with its fill if it is filled. */
    public record Entry(Trade trade, Optional<Fill> fill) {}

    /** The trade of that number, if its account is in the scope. One statement reads it: between two, a fill may change what the second one reads. */
    @Transactional
    public Optional<Entry> find(AccountScope scope, long tradeNo) {
        return entities.createQuery(
                        "SELECT t, c FROM Trade t LEFT JOIN Fill c ON c.tradeNo = t.tradeNo"
                                + " WHERE t.tradeNo = :tradeNo",
                        Object[].class)
                .setParameter("tradeNo", tradeNo)
                .getResultStream()
                .map(row -> new Entry((Trade) row[0], Optional.ofNullable((Fill) row[1])))
                .filter(entry -> scope.covers(entry.trade().account()))
                .findFirst();
    }

    /** The highest trade number; 0 if there is no trade. */
    @Transactional
    public long highestNumber() {
        Long highest = entities.createQuery("SELECT MAX(t.tradeNo) FROM Trade t", Long.class)
                .getSingleResult();
        return highest == null ? 0 : highest;
    }

    /**
     * The newest trades of the selection; at most so many. By trade number descending; with days by day first, whose index has
     * no trade of another day. The client sets the day of an order, so the two orders can differ.
     */
    @Transactional
    public List<Trade> newest(Selection selection, int most) {
        Filter filter = selection.filter();
        Map<String, Object> wanted = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
        String account = selection.scope().account().orElse(null);
        add(conditions, wanted, "t.account = :account", "account", account);
        add(conditions, wanted, "t.status = :status", "status", filter.status());
        add(conditions, wanted, "t.stockCode = :stockCode", "stockCode", filter.stockCode());
        add(conditions, wanted, "t.tradeType = :side", "side", filter.side());
        add(conditions, wanted, "t.orderType = :type", "type", filter.type());
        add(conditions, wanted, "t.orderDate >= :from", "from", filter.from());
        add(conditions, wanted, "t.orderDate <= :to", "to", filter.to());
        follow(conditions, wanted, selection);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String order = filter.hasDays() ? "t.orderDate DESC, t.tradeNo DESC" : "t.tradeNo DESC";
        TypedQuery<Trade> query =
                entities.createQuery("SELECT t FROM Trade t" + where + " ORDER BY " + order, Trade.class);
        wanted.forEach(query::setParameter);
        if (filter.hasDays()) {
            query.setHint(SQL_HINT, account == null ? DAYS_OF_ALL : DAYS_OF_ACCOUNT);
        }
        return query.setMaxResults(most).getResultList();
    }

    private void follow(List<String> conditions, Map<String, Object> wanted, Selection selection) {
        Optional<LocalDate> day = selection.filter().hasDays() ? day(selection) : Optional.empty();
        String later = "t.tradeNo < :before";
        String condition = day.isEmpty() ? later : "(t.orderDate < :day OR t.orderDate = :day AND " + later + ")";
        add(conditions, wanted, condition, "before", selection.before());
        day.ifPresent(date -> wanted.put("day", date));
    }

    /** The day of the trade that the list goes on after. Empty for one that the caller may not see. */
    private Optional<LocalDate> day(Selection selection) {
        return Optional.ofNullable(selection.before())
                .map(tradeNo -> entities.find(Trade.class, tradeNo))
                .filter(trade -> selection.scope().covers(trade.account()))
                .map(Trade::orderDate);
    }

    private static void add(
            List<String> conditions, Map<String, Object> wanted, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            wanted.put(name, value);
        }
    }
}
