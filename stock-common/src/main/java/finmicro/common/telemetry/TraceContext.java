package finmicro.common.telemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trace context as the text that travels in messages and headers, and waits in the outbox. */
public final class TraceContext {

    /** The W3C's name of it, as a message attribute and as an HTTP header. */
    public static final String TRACEPARENT = "traceparent";

    /** AWS's name of it, as an HTTP header. */
    public static final String XRAY_HEADER = "X-Amzn-Trace-Id";

    /** {@code Root=1-<epoch, 8 hex digits>-<24 hex digits>}; the last 16 of them stand for a parent that is not named. */
    private static final Pattern XRAY_ROOT = Pattern.compile("Root=1-[0-9a-f]{8}-[0-9a-f]{8}([0-9a-f]{16})");

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
        return extract(W3CTraceContextPropagator.getInstance(), TRACEPARENT, traceparent);
    }

    /**
     * The context that AWS's header stands for; the root for null, or for what is none. A load balancer names the trace
     * alone, and leaves open whether it is sampled: that is for our own sampler then.
     *
     * @param header {@code Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1}
     */
    public static Context ofXRay(String header) {
        Matcher root = XRAY_ROOT.matcher(header == null ? "" : header);
        if (!root.find()) {
            return Context.root();
        }
        String complete = header.replace("Sampled=?", "Sampled=1");
        complete += complete.contains("Parent=") ? "" : ";Parent=" + root.group(1);
        complete += complete.contains("Sampled=") ? "" : ";Sampled=1";
        return extract(AwsXrayPropagator.getInstance(), XRAY_HEADER, complete);
    }

    private static Context extract(TextMapPropagator propagator, String name, String value) {
        return propagator.extract(Context.root(), value, new TextMapGetter<>() {
            @Override
            public Iterable<String> keys(String carrier) {
                return List.of(name);
            }

            @Override
            public String get(String carrier, String key) {
                return name.equalsIgnoreCase(key) ? carrier : null;
            }
        });
    }
}
