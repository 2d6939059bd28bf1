package finmicro.trade.order.boundary;

import finmicro.common.events.ChangeSource;
import finmicro.common.events.Event;
import finmicro.common.time.JapanTime;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the orders that any task has recently placed or changed. A change can become visible some seconds after its time stamp,
 * because clocks differ and transactions commit later, so each query overlaps the one before.
 */
@ApplicationScoped
public class OrderChangeSource implements ChangeSource<OrderChangeSource.Standing> {

    /** The status of a trade at a point in time. */
    public record Standing(long tradeNo, TradeStatus status) {}

    /** Longer than a transaction can take. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final int BATCH = 500;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Override
    @Transactional
    public Set<Standing> recent(Instant since) {
        return entities.createQuery(
                        "SELECT t.tradeNo, t.status FROM Trade t WHERE t.updateTime >= :since ORDER BY t.updateTime",
                        Object[].class)
                .setParameter("since", JapanTime.of(since.minus(OVERLAP)))
                .setMaxResults(LIMIT)
                .getResultStream()
                .map(row -> new Standing((Long) row[0], (TradeStatus) row[1]))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    @Transactional
    public List<Event> describe(List<Standing> changes) {
        List<Long> numbers = changes.stream().map(Standing::tradeNo).distinct().toList();
        List<Event> orders = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += BATCH) {
            orders.addAll(orders(numbers.subList(from, Math.min(numbers.size(), from + BATCH))));
        }
        return orders;
    }

    private List<Event> orders(List<Long> numbers) {
        return entities.createQuery("SELECT t FROM Trade t WHERE t.tradeNo IN :numbers ORDER BY t.tradeNo", Trade.class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .map(trade -> Event.of(trade.account(), OrderView.of(trade, null)))
                .toList();
    }
}
