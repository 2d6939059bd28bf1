package finmicro.trade.order.control;

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
     * @param before only those with a smaller trade number
     */
    public record Selection(TradeStatus status, String stockCode, Long before) {}

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** A trade, and its contract once there is one. */
    public record Entry(Trade trade, Optional<ContractTrade> contract) {}

    /** The trade of that number. */
    @Transactional
    public Optional<Entry> find(long tradeNo) {
        Trade trade = entities.find(Trade.class, tradeNo);
        return trade == null
                ? Optional.empty()
                : Optional.of(new Entry(trade, Optional.ofNullable(entities.find(ContractTrade.class, tradeNo))));
    }

    /** The newest trades of the selection, by trade number descending; at most so many. */
    public List<Trade> newest(Selection selection, int most) {
        Map<String, Object> wanted = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
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
