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

/** Reads trades. */
@ApplicationScoped
public class OrderQueries {

    /**
     * Selects trades of the accounts in a scope.
     *
     * @param before selects only trades that follow this one in the list; null for the whole list
     */
    public record Selection(AccountScope scope, Filter filter, Long before) {

        /** The same selection after this trade; null for the whole list. */
        public Selection before(Long tradeNo) {
            return new Selection(scope, filter, tradeNo);
        }
    }

    /**
     * Conditions on trades; a component that is null selects all.
     *
     * @param from the first order date, JST
     * @param to the last order date, JST
     */
    public record Filter(
            TradeStatus status, String stockCode, TradeType side, OrderType type, LocalDate from, LocalDate to) {

        /** All trades. */
        public static final Filter NONE = new Filter(null, null, null, null, null, null);

        private boolean hasDays() {
            return from != null || to != null;
        }
    }

    /** Inserts its value after {@code SELECT}. Other persistence providers ignore it. */
    private static final String SQL_HINT = "eclipselink.sql.hint";

    // Without the hint, MySQL may choose the index by side or stock, and read and sort the trades of all days. MariaDB
    // ignores hints.
    private static final String DAYS_OF_ACCOUNT = "/*+ INDEX(trades trades_by_account_date) */";
    private static final String DAYS_OF_ALL = "/*+ INDEX(trades trades_by_date) */";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** A trade and, if it is filled, its fill. */
    public record Entry(Trade trade, Optional<Fill> fill) {}

    /** The trade with this number, if its account is in the scope. One statement reads trade and fill, so that they are consistent. */
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
     * Returns the newest trades of the selection, up to {@code limit}, by trade number descending. If the filter has dates, they are
     * sorted by order date first, to use the index on it. The client sets that date, so the two sort orders can differ.
     */
    @Transactional
    public List<Trade> newest(Selection selection, int limit) {
        Filter filter = selection.filter();
        Map<String, Object> parameters = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
        String account = selection.scope().account().orElse(null);
        add(conditions, parameters, "t.account = :account", "account", account);
        add(conditions, parameters, "t.status = :status", "status", filter.status());
        add(conditions, parameters, "t.stockCode = :stockCode", "stockCode", filter.stockCode());
        add(conditions, parameters, "t.tradeType = :side", "side", filter.side());
        add(conditions, parameters, "t.orderType = :type", "type", filter.type());
        add(conditions, parameters, "t.orderDate >= :from", "from", filter.from());
        add(conditions, parameters, "t.orderDate <= :to", "to", filter.to());
        addBefore(conditions, parameters, selection);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String order = filter.hasDays() ? "t.orderDate DESC, t.tradeNo DESC" : "t.tradeNo DESC";
        TypedQuery<Trade> query =
                entities.createQuery("SELECT t FROM Trade t" + where + " ORDER BY " + order, Trade.class);
        parameters.forEach(query::setParameter);
        if (filter.hasDays()) {
            query.setHint(SQL_HINT, account == null ? DAYS_OF_ALL : DAYS_OF_ACCOUNT);
        }
        return query.setMaxResults(limit).getResultList();
    }

    private void addBefore(List<String> conditions, Map<String, Object> parameters, Selection selection) {
        Optional<LocalDate> day = selection.filter().hasDays() ? day(selection) : Optional.empty();
        String byNumber = "t.tradeNo < :before";
        String condition = day.isEmpty() ? byNumber : "(t.orderDate < :day OR t.orderDate = :day AND " + byNumber + ")";
        add(conditions, parameters, condition, "before", selection.before());
        day.ifPresent(date -> parameters.put("day", date));
    }

    /** The order date of the trade that the page follows; empty if the caller may not see that trade. */
    private Optional<LocalDate> day(Selection selection) {
        return Optional.ofNullable(selection.before())
                .map(tradeNo -> entities.find(Trade.class, tradeNo))
                .filter(trade -> selection.scope().covers(trade.account()))
                .map(Trade::orderDate);
    }

    private static void add(
            List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }
}
