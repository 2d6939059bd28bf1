package finmicro.common.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The producer's body and trace context, extracted from the SNS envelope if there is one. The consumer does not know whether
 * the subscription uses raw message delivery.
 *
 * @param body the producer's body
 * @param traceparent the W3C trace context, or null. Converted from the X-Ray header if the producer sends only that
 */
record Envelope(String body, String traceparent) {

    /** Drops an invalid trace context, because it must not prevent processing. */
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
     * The envelope, or null if the body is not one. If {@link StrictJson} rejects the body, for instance for a duplicate key, the
     * handler rejects it later.
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
