package finmicro.items.price.boundary;

import finmicro.common.events.Watch;
import finmicro.items.attribute.control.StockCatalogue;
import finmicro.items.attribute.entity.StockAttribute;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.PriceMessage.DatePrice;
import finmicro.items.price.entity.TimePrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The newest prices of each stock: prices come in minutes and leave no mark of when they were stored. */
@ApplicationScoped
public class PriceWatch implements Watch<PriceMessage> {

    /** More than come in a second, but for a queue that had piled up. */
    private static final int NEWEST = 10;

    private final StockCatalogue catalogue;
    private final PriceHistory history;

    @Inject
    public PriceWatch(StockCatalogue catalogue, PriceHistory history) {
        this.catalogue = catalogue;
        this.history = history;
    }

    /** The end of the primary key for each stock, whatever the moment. */
    @Override
    @Transactional
    public Set<PriceMessage> recent(Instant since) {
        Set<PriceMessage> prices = new LinkedHashSet<>();
        for (StockAttribute stock : catalogue.all()) {
            List<TimePrice> newest = history.newest(stock.stockCode(), NEWEST);
            for (int i = newest.size() - 1; i >= 0; i--) {
                prices.add(message(stock, newest.get(i)));
            }
        }
        return prices;
    }

    @Override
    public List<PriceMessage> describe(List<PriceMessage> news) {
        return news;
    }

    private static PriceMessage message(StockAttribute stock, TimePrice price) {
        return new PriceMessage(
                stock.stockCode(),
                stock.stockName(),
                List.of(new DatePrice(price.date(), List.of(new PriceMessage.TimePrice(price.time(), price.price())))));
    }
}
