package finmicro.common.messaging;

import finmicro.common.telemetry.TraceContext;
import io.opentelemetry.context.Context;

/**
 * A received message with its parsed body.
 *
 * @param body the parsed body
 * @param messageId the message ID that the queue assigned
 * @param context the context of its processing, with its span, and its trade number for the log
 * @param <T> the record type of its body
 */
public record Received<T>(T body, String messageId, Context context) {

    /** The W3C trace context of its processing, for messages sent as a result; null if it is not traced. */
    public String traceparent() {
        return TraceContext.text(context);
    }
}
