package finmicro.common.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A message as its producer wrote it, out of the envelope that SNS puts around it where the subscription has no raw
 * delivery; the consumer cannot know whether it has.
 *
 * @param body the producer's body
 * @param traceparent the W3C trace context, or null; of an older producer that tells AWS's own, the same in the W3C's form
 */
record Envelope(String body, String traceparent) {

    /** A trace context that is none is left out: it must not keep a good message from its effect. */
    Envelope {
        traceparent = TraceContext.text(TraceContext.of(traceparent));
    }

    static Envelope open(Message message) {
        JsonNode notification = notification(message.body());
        String body = notification == null
                ? message.body()
                : notification.path("Message").asText();
        Envelope envelope = new Envelope(body, notification == null ? attribute(message) : attribute(notification));
        return envelope.traceparent() == null ? new Envelope(body, xray(message)) : envelope;
    }

    private static String attribute(Message message) {
        MessageAttributeValue trace = message.messageAttributes().get(TraceContext.TRACEPARENT);
        return trace == null ? null : trace.stringValue();
    }

    private static String attribute(JsonNode notification) {
        return notification
                .path("MessageAttributes")
                .path(TraceContext.TRACEPARENT)
                .path("Value")
                .asText();
    }

    private static String xray(Message message) {
        String header = message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER);
        return TraceContext.text(TraceContext.ofXRay(header));
    }

    /**
     * The envelope, or null if the body is none. A body that {@link StrictJson} would refuse is none, a doubled key or text after
     * the object for one: it is left for the strict reader of the message to refuse.
     */
    private static JsonNode notification(String body) {
        if (!body.contains("\"Notification\"")) {
            return null;
        }
        try {
            JsonNode tree = StrictJson.object(body);
            boolean notification = "Notification".equals(tree.path("Type").asText())
                    && tree.path("Message").isTextual();
            return notification ? tree : null;
        } catch (InvalidInput e) {
            return null;
        }
    }
}
