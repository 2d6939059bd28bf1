package finmicro.trade.market.control;

import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.SendErrors;
import finmicro.common.messaging.Undelivered;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.control.OutboxSender;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends orders to the market, by queue or topic. A message is parked only if its own content is rejected. Any other failure counts
 * as an outage, including a wrong permission or a deleted queue: nothing is parked, and all messages are sent once it is fixed.
 */
@ApplicationScoped
public class OrderOutboxSender implements OutboxSender {

    private final Publisher publisher;

    @Inject
    public OrderOutboxSender(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Destination destination() {
        return Destination.ORDER;
    }

    @Override
    public int batchSize() {
        return Publisher.BATCH;
    }

    @Override
    public Map<String, Outcome> send(List<OutboxMessage> messages, ClaimDeadline deadline) {
        return send(messages, Publisher.BATCH, deadline);
    }

    /** Sends batch by batch, so that a failed batch does not undo the earlier ones. Stops at an outage. */
    private Map<String, Outcome> send(List<OutboxMessage> messages, int batchSize, ClaimDeadline deadline) {
        Map<String, Outcome> outcomes = new HashMap<>();
        boolean unavailable = false;
        for (int from = 0; from < messages.size() && !unavailable && deadline.allows(Publisher.MAX_CALL_TIME); ) {
            int to = Math.min(messages.size(), from + batchSize);
            Map<String, Outcome> sent = sendBatch(messages.subList(from, to), deadline);
            unavailable = sent.values().stream().anyMatch(outcome -> outcome.result() == Outcome.Result.UNAVAILABLE);
            outcomes.putAll(sent);
            from = to;
        }
        return outcomes;
    }

    private Map<String, Outcome> sendBatch(List<OutboxMessage> batch, ClaimDeadline deadline) {
        try {
            Map<String, Outcome> outcomes = all(batch, Outcome.SENT);
            publish(batch).forEach(undelivered -> outcomes.put(undelivered.id(), outcome(undelivered)));
            return outcomes;
        } catch (SdkException e) {
            if (!SendErrors.isAboutContent(e)) {
                return all(batch, Outcome.unavailable(e.getMessage()));
            }
            return batch.size() == 1 ? all(batch, Outcome.refused(e.getMessage())) : send(batch, 1, deadline);
        }
    }

    private List<Undelivered> publish(List<OutboxMessage> batch) {
        return publisher.publish(batch.stream()
                .map(message -> new Outgoing(message.messageId(), message.body(), message.traceparent()))
                .toList());
    }

    private static Outcome outcome(Undelivered message) {
        return switch (message.cause()) {
            case MESSAGE -> Outcome.refused(message.reason());
            case DESTINATION -> Outcome.unavailable(message.reason());
            case BUSY -> Outcome.retry(message.reason());
        };
    }

    private static Map<String, Outcome> all(List<OutboxMessage> messages, Outcome outcome) {
        Map<String, Outcome> outcomes = new HashMap<>();
        messages.forEach(message -> outcomes.put(message.messageId(), outcome));
        return outcomes;
    }
}
