package finmicro.items.price.boundary;

import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.Received;
import finmicro.common.time.JapanTime;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.control.UnknownStocks;
import finmicro.items.price.entity.PriceMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * Stores the prices received from {@code stock-prices-que}. Idempotent. Rejects a price more than a day in the future as a poison
 * message: it would remain the newest price until that day.
 */
@ApplicationScoped
public class PricesConsumer implements MessageHandler<PriceMessage> {

    private final StrictJson json;
    private final PriceHistory history;
    private final UnknownStocks unknown;
    private final Clock clock;

    @Inject
    public PricesConsumer(StrictJson json, PriceHistory history, UnknownStocks unknown, Clock clock) {
        this.json = json;
        this.history = history;
        this.unknown = unknown;
        this.clock = clock;
    }

    @Override
    public PriceMessage read(String body) {
        PriceMessage message = json.read(body, PriceMessage.class);
        LocalDateTime latest = LocalDateTime.now(clock.withZone(JapanTime.JST)).plusDays(1);
        for (PriceMessage.DatePrice day : message.datePrice()) {
            for (PriceMessage.TimePrice minute : day.timePrice()) {
                if (day.date().atTime(LocalTime.parse(minute.time())).isAfter(latest)) {
                    throw InvalidInput.body("has a price more than a day in the future: " + day.date());
                }
            }
        }
        return message;
    }

    /** Stores the batch in one transaction. */
    @Override
    @Transactional
    public Map<Received<PriceMessage>, String> handle(List<Received<PriceMessage>> messages) {
        try {
            List<PriceMessage> prices = messages.stream().map(Received::body).toList();
            history.store(prices);
            unknown.report(prices);
            return Map.of();
        } catch (SQLException e) {
            throw new IllegalStateException("prices could not be stored", e);
        }
    }
}
