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

/** The trace context as the text that travels in messages and headers, and waits in the outbox. */
public final class TraceContext {

    /** The W3C's name of it, as a message attribute and as an HTTP header. */
    public static final String TRACEPARENT = "traceparent";

    /** AWS's name of it, as an HTTP header. */
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

    /** The current trace context as a traceparent, or null where there is none. */
    public static String current() {
        return text(Context.current());
    }

    /** That context as a traceparent, or null where it belongs to no trace. */
    public static String text(Context context) {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    /** The context that the traceparent stands for; the root for null, or for what is none. */
    public static Context of(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, GETTER);
    }

    /**
     * The context that a request comes with, by its traceparent or else by AWS's header.
     *
     * @param header the value of a header by its name, or null
     */
    static Context ofCaller(UnaryOperator<String> header) {
        String traceparent = header.apply(TRACEPARENT);
        return traceparent == null ? ofXRay(header.apply(XRAY_HEADER)) : of(traceparent);
    }

    /**
     * The context that AWS's header stands for; the root for null, or for what is none. A load balancer names the trace
     * alone: the end of its id stands for the parent then, and whether it is sampled is for our own sampler.
     *
     * <p>Written here, since OpenTelemetry's own propagator for it needs classes that the server hides.
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
