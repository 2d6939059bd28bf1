package finmicro.market.price.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.time.JapanTime;
import finmicro.market.MarketConfig;
import finmicro.market.price.entity.Listing;
import finmicro.market.price.entity.PriceMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDateTime;

/** Publishes the price of each minute at which one is due, once; what fails is tried again at the next look. */
@ApplicationScoped
public class PriceTicker implements Worker {

    private final MarketConfig config;
    private final Listing listing;
    private final PriceBoard board;
    private final Clock clock;
    private LocalDateTime published = LocalDateTime.MIN;

    @Inject
    public PriceTicker(MarketConfig config, Listing listing, PriceBoard board, Clock clock) {
        this.config = config;
        this.listing = listing;
        this.board = board;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "price-ticker";
    }

    @Override
    public void run(Pulse pulse) {
        while (pulse.running()) {
            try {
                tick();
                pulse.answered();
            } catch (RuntimeException e) {
                pulse.failed(e);
            }
            pulse.resting();
            pulse.pause(config.look());
        }
    }

    private void tick() {
        LocalDateTime due = PriceDraw.due(LocalDateTime.now(clock.withZone(JapanTime.JST)), listing.everyMinutes());
        if (due.isAfter(published)) {
            board.publish(PriceMessage.of(listing, due, PriceDraw.at(listing, due)));
            published = due;
        }
    }
}
