package finmicro.items.price.boundary;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.Received;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.entity.PriceMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Stores the prices of {@code stock-prices-que}; storing one twice is storing it once. */
@ApplicationScoped
public class PricesConsumer implements MessageHandler<PriceMessage> {

    private final StrictJson json;
    private final PriceHistory history;

    @Inject
    public PricesConsumer(StrictJson json, PriceHistory history) {
        this.json = json;
        this.history = history;
    }

    @Override
    public PriceMessage read(String body) {
        return json.read(body, PriceMessage.class);
    }

    /** One transaction; the rows in one order everywhere, so that two batches never wait for each other. */
    @Override
    @Transactional
    public Map<Received<PriceMessage>, String> handle(List<Received<PriceMessage>> messages) {
        try {
            history.store(messages.stream()
                    .map(Received::body)
                    .sorted(Comparator.comparing(PriceMessage::stockCode))
                    .toList());
            return Map.of();
        } catch (SQLException e) {
            throw new IllegalStateException("prices not stored", e);
        }
    }
}
