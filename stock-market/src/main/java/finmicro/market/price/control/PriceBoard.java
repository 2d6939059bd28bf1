package finmicro.market.price.control;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Undelivered;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import finmicro.market.price.entity.Listing;
import finmicro.market.price.entity.PriceMessage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Publishes prices one at a time, and keeps the last. Uses a lock instead of a monitor: a virtual thread that waits for the queue
 * inside a monitor pins its carrier thread.
 */
@ApplicationScoped
public class PriceBoard {

    private final Listing listing;
    private final Publisher publisher;
    private final StrictJson json;
    private final Tracer tracer;
    private final Lock publishing = new ReentrantLock();
    private LocalDateTime lastMinute = LocalDateTime.MIN;
    private volatile List<PriceMessage> last = List.of();

    @Inject
    public PriceBoard(Listing listing, @Named("prices") Publisher publisher, StrictJson json, OpenTelemetry telemetry) {
        this.listing = listing;
        this.publisher = publisher;
        this.json = json;
        this.tracer = Telemetry.tracer(telemetry);
    }

    /**
     * Publishes the price due at that time, unless this task has published a price for the same or a later minute. So a scheduled
     * price does not replace a requested one.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the price is not published
     */
    public void publishDue(LocalDateTime now) {
        LocalDateTime due = PriceDraw.due(now, listing.intervalMinutes());
        publishing.lock();
        try {
            if (due.isAfter(lastMinute)) {
                tick(due);
            }
        } finally {
            publishing.unlock();
        }
    }

    private void tick(LocalDateTime due) {
        Span tick = tracer.spanBuilder("price tick").startSpan();
        try {
            Context.current()
                    .with(tick)
                    .wrap(() -> publish(due, PriceDraw.at(listing, due)))
                    .run();
        } catch (RuntimeException e) {
            Telemetry.failed(tick, e.getClass().getName(), Outages.reason(e));
            throw e;
        } finally {
            tick.end();
        }
    }

    /**
     * Draws and publishes a new price for the minute of that time.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the price is not published
     */
    public List<PriceMessage> publishNew(LocalDateTime now) {
        publishing.lock();
        try {
            publish(now.truncatedTo(ChronoUnit.MINUTES), PriceDraw.from(listing, new SplittableRandom()));
            return last;
        } finally {
            publishing.unlock();
        }
    }

    private void publish(LocalDateTime at, long price) {
        PriceMessage message = PriceMessage.of(listing, at, price);
        List<Undelivered> undelivered = publisher.publish(
                List.of(new Outgoing(UUID.randomUUID().toString(), json.text(message), TraceContext.current())));
        if (!undelivered.isEmpty()) {
            throw SdkClientException.create(
                    "price not accepted: " + undelivered.get(0).reason());
        }
        lastMinute = at;
        last = List.of(message);
    }

    /** Returns the prices that this task published last; empty before the first. Never waits for a publication in progress. */
    public List<PriceMessage> last() {
        return last;
    }
}
