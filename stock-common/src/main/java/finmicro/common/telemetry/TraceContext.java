package finmicro.common.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts trace contexts to and from text, for messages, headers and the outbox. */
public final class TraceContext {

    /** W3C name of the message attribute and HTTP header. */
    public static final String TRACEPARENT = "traceparent";

    /** AWS X-Ray name of the HTTP header. */
    public static final String XRAY_HEADER = "X-Amzn-Trace-Id";

    private static final Pattern XRAY_ROOT = Pattern.compile("Root=1-([0-9a-f]{8})-([0-9a-f]{8}([0-9a-f]{16}))");
    private static final Pattern XRAY_PARENT = Pattern.compile("Parent=([0-9a-f]{16})");

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String key) {
            return TRACEPARENT.equals(key) ? traceparent : null;
        }
    };

    private TraceContext() {}

    /** The current trace context as a traceparent, or null if there is none. */
    public static String current() {
        return text(Context.current());
    }

    /** The context as a traceparent, or null if it has no trace. */
    public static String text(Context context) {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    /** The context of a traceparent; the root context if it is null or invalid. */
    public static Context of(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, GETTER);
    }

    /**
     * The caller's context, from its traceparent or else from the X-Ray header.
     *
     * @param header returns the value of a header by name, or null
     */
    static Context ofCaller(UnaryOperator<String> header) {
        String traceparent = header.apply(TRACEPARENT);
        return traceparent == null ? ofXRay(header.apply(XRAY_HEADER)) : of(traceparent);
    }

    /**
     * The context of an X-Ray header; the root context if it is null or invalid. A load balancer sends only the trace ID: then the
     * end of the trace ID serves as the parent ID, and our own sampler decides.
     *
     * <p>Implemented here, because OpenTelemetry's X-Ray propagator needs classes that the server hides.
     *
     * @param header {@code Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1}
     */
    public static Context ofXRay(String header) {
        Matcher root = XRAY_ROOT.matcher(header == null ? "" : header);
        if (!root.find()) {
            return Context.root();
        }
        Matcher parent = XRAY_PARENT.matcher(header);
        SpanContext caller = SpanContext.createFromRemoteParent(
                root.group(1) + root.group(2),
                parent.find() ? parent.group(1) : root.group(3),
                header.contains("Sampled=0") ? TraceFlags.getDefault() : TraceFlags.getSampled(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(caller));
    }
}
