package finmicro.trade.order.control;

import finmicro.common.access.AccountScope;
import finmicro.trade.contract.entity.ContractTrade;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The trades there are, to be looked up. */
@ApplicationScoped
public class OrderBook {

    /**
     * Which trades; null wherever it does not matter.
     *
     * @param scope only those of these accounts
     * @param before only those with a smaller trade number
     */
    public record Selection(AccountScope scope, TradeStatus status, String stockCode, Long before) {}

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** A trade, and its contract once there is one. */
    public record Entry(Trade trade, Optional<ContractTrade> contract) {}

    /** The trade of that number, if its account is in the scope. One statement reads it: between two, a fill may change what the second one reads. */
    @Transactional
    public Optional<Entry> find(AccountScope scope, long tradeNo) {
        return entities.createQuery(
                        "SELECT t, c FROM Trade t LEFT JOIN ContractTrade c ON c.tradeNo = t.tradeNo"
                                + " WHERE t.tradeNo = :tradeNo",
                        Object[].class)
                .setParameter("tradeNo", tradeNo)
                .getResultStream()
                .map(row -> new Entry((Trade) row[0], Optional.ofNullable((ContractTrade) row[1])))
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

    /** The newest trades of the selection, by trade number descending; at most so many. */
    public List<Trade> newest(Selection selection, int most) {
        Map<String, Object> wanted = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
        add(
                conditions,
                wanted,
                "t.account = :account",
                "account",
                selection.scope().account().orElse(null));
        add(conditions, wanted, "t.status = :status", "status", selection.status());
        add(conditions, wanted, "t.stockCode = :stockCode", "stockCode", selection.stockCode());
        add(conditions, wanted, "t.tradeNo < :before", "before", selection.before());
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        TypedQuery<Trade> query =
                entities.createQuery("SELECT t FROM Trade t" + where + " ORDER BY t.tradeNo DESC", Trade.class);
        wanted.forEach(query::setParameter);
        return query.setMaxResults(most).getResultList();
    }

    private static void add(
            List<String> conditions, Map<String, Object> wanted, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            wanted.put(name, value);
        }
    }
}
