package finmicro.items.price.boundary;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.Received;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.control.UnknownStocks;
import finmicro.items.price.entity.PriceMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Stores the prices of {@code stock-prices-que}; storing one twice is storing it once. */
@ApplicationScoped
public class PricesConsumer implements MessageHandler<PriceMessage> {

    private final StrictJson json;
    private final PriceHistory history;
    private final UnknownStocks unknown;

    @Inject
    public PricesConsumer(StrictJson json, PriceHistory history, UnknownStocks unknown) {
        this.json = json;
        this.history = history;
        this.unknown = unknown;
    }

    @Override
    public PriceMessage read(String body) {
        return json.read(body, PriceMessage.class);
    }

    /** One transaction. */
    @Override
    @Transactional
    public Map<Received<PriceMessage>, String> handle(List<Received<PriceMessage>> messages) {
        try {
            List<PriceMessage> prices = messages.stream().map(Received::body).toList();
            history.store(prices);
            unknown.report(prices);
            return Map.of();
        } catch (SQLException e) {
            throw new IllegalStateException("prices not stored", e);
        }
    }
}
