package finmicro.common.messaging;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The W3C trace context as the text that travels in messages and waits in the outbox. */
public final class TraceContext {

    private static final TextMapGetter<String> TRACEPARENT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return Set.of(Attributes.TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String key) {
            return Attributes.TRACEPARENT.equals(key) ? traceparent : null;
        }
    };

    private TraceContext() {}

    /** The current trace context as a traceparent, or null where there is none. */
    public static String current() {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
        return carrier.get(Attributes.TRACEPARENT);
    }

    /** The context that the traceparent stands for; what is done in it belongs to its trace. */
    public static Context of(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.current(), traceparent, TRACEPARENT);
    }
}
