package finmicro.market.price.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.time.JapanTime;
import finmicro.market.MarketConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDateTime;

/** Publishes each due price once. Retries a failure at the next tick. */
@ApplicationScoped
public class PriceTicker implements Worker {

    private final MarketConfig config;
    private final PriceBoard board;
    private final Clock clock;

    @Inject
    public PriceTicker(MarketConfig config, PriceBoard board, Clock clock) {
        this.config = config;
        this.board = board;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "price-ticker";
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(config.tickInterval(), () -> board.publishDue(LocalDateTime.now(clock.withZone(JapanTime.JST))));
    }
}
