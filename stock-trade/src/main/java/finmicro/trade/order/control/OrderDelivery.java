package finmicro.trade.order.control;

import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Undelivered;
import finmicro.trade.outbox.control.Delivery;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells the market its orders, by queue or topic. */
@ApplicationScoped
public class OrderDelivery implements Delivery {

    private final Publisher publisher;

    @Inject
    public OrderDelivery(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Destination destination() {
        return Destination.ORDER;
    }

    @Override
    public int call() {
        return Publisher.BATCH;
    }

    @Override
    public Map<String, Outcome> deliver(List<OutboxMessage> messages) {
        Map<String, Outcome> outcomes = new HashMap<>();
        try {
            List<Undelivered> undelivered = publisher.publish(messages.stream()
                    .map(message -> new Outgoing(message.messageId(), message.body(), message.traceparent()))
                    .toList());
            messages.forEach(message -> outcomes.put(message.messageId(), Outcome.SENT));
            for (Undelivered one : undelivered) {
                outcomes.put(one.id(), one.refused() ? Outcome.refused(one.reason()) : Outcome.again(one.reason()));
            }
        } catch (SdkException e) {
            Outcome outcome = isRefusal(e) ? Outcome.refused(e.getMessage()) : Outcome.away(e.getMessage());
            messages.forEach(message -> outcomes.put(message.messageId(), outcome));
        }
        return outcomes;
    }

    /** Any 4xx but those that pass: 408, 429, throttling under whatever status, and credentials being renewed. */
    private static boolean isRefusal(SdkException e) {
        if (!(e instanceof SdkServiceException service) || service.isThrottlingException()) {
            return false;
        }
        boolean expired = e instanceof AwsServiceException aws
                && aws.awsErrorDetails() != null
                && String.valueOf(aws.awsErrorDetails().errorCode()).contains("Expired");
        int status = service.statusCode();
        return status >= 400 && status < 500 && status != 408 && status != 429 && !expired;
    }
}
