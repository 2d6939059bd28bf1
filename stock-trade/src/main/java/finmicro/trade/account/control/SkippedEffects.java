package finmicro.trade.account.control;

import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports effects that permanently cannot be applied to their account. Skipped effects do not block later ones.
 * Counts them as {@code account.effects.skipped}, by source: a trade, or a booking of the feed.
 */
@ApplicationScoped
public class SkippedEffects {

    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("source");
    private static final Attributes TRADE = Attributes.of(SOURCE, "trade");
    private static final Attributes FEED = Attributes.of(SOURCE, "feed");
    private static final System.Logger LOG = Log.of(SkippedEffects.class);

    private final LongCounter skipped;
    private final Set<Long> trades = ConcurrentHashMap.newKeySet();

    @Inject
    public SkippedEffects(OpenTelemetry telemetry) {
        skipped = Telemetry.counter(
                telemetry, "account.effects.skipped", "effect", "Effects that cannot be applied to their account");
    }

    /** Exports the counters as 0 from the start: a counter without a measurement is not exported. */
    void start(@Observes Startup event) {
        skipped.add(0, TRADE);
        skipped.add(0, FEED);
    }

    /** Reports a trade whose effect cannot be applied. Reports it once, although each sweep retries it. */
    public void trade(long tradeNo, RuntimeException failure) {
        if (trades.add(tradeNo)) {
            LOG.log(System.Logger.Level.ERROR, "account.effect-skipped tradeNo=" + tradeNo, failure);
            skipped.add(1, TRADE);
        }
    }

    /**
     * Reports a booking of the feed that is skipped for good.
     *
     * @param booking logged with all details that an operator needs to correct the account
     */
    public void booking(Object booking, RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "account.effect-skipped booking=" + booking, failure);
        skipped.add(1, FEED);
    }
}
