package finmicro.market.price.control;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.TraceContext;
import finmicro.common.messaging.Undelivered;
import finmicro.market.price.entity.PriceMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Publishes prices and remembers the last. */
@ApplicationScoped
public class PriceBoard {

    private final Publisher publisher;
    private final StrictJson json;
    private volatile List<PriceMessage> last = List.of();

    @Inject
    public PriceBoard(@Named("prices") Publisher publisher, StrictJson json) {
        this.publisher = publisher;
        this.json = json;
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when it is not published */
    public void publish(PriceMessage price) {
        List<Undelivered> undelivered = publisher.publish(
                List.of(new Outgoing(UUID.randomUUID().toString(), json.text(price), TraceContext.current())));
        if (!undelivered.isEmpty()) {
            throw SdkClientException.create(
                    "price not taken: " + undelivered.get(0).reason());
        }
        last = List.of(price);
    }

    /** What was last published by this task; empty before the first. */
    public List<PriceMessage> last() {
        return last;
    }
}
