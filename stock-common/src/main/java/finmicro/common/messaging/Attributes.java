package finmicro.common.messaging;

import finmicro.common.telemetry.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The message attributes, the same on SQS and SNS. */
final class Attributes {

    static final String MESSAGE_ID = "messageId";

    private Attributes() {}

    /** @param value converts a text to the client's attribute type */
    static <V> Map<String, V> of(Outgoing message, Function<String, V> value) {
        Map<String, V> attributes = new LinkedHashMap<>();
        attributes.put(MESSAGE_ID, value.apply(message.id()));
        if (message.traceparent() != null) {
            attributes.put(TraceContext.TRACEPARENT, value.apply(message.traceparent()));
        }
        return attributes;
    }
}
