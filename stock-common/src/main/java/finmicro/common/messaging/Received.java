package finmicro.common.messaging;

import finmicro.common.telemetry.TraceContext;
import io.opentelemetry.context.Context;

/**
 * A message whose body has been read.
 *
 * @param body what its producer wrote
 * @param messageId the queue server's id of it
 * @param context what is done with it alone belongs there: the span of its processing, and its trade for the log
 * @param <T> the record of its body
 */
public record Received<T>(T body, String messageId, Context context) {

    /** The W3C trace context of its processing, for what is told because of it; null where it belongs to no trace. */
    public String traceparent() {
        return TraceContext.text(context);
    }
}
