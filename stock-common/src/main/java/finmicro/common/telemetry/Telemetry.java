package finmicro.common.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/** What all that we trace and measure has in common. While telemetry is switched off, all of it does nothing. */
public final class Telemetry {

    /** Whom a client span calls; Zipkin and X-Ray draw it as a node of their maps. */
    public static final AttributeKey<String> PEER_SERVICE = AttributeKey.stringKey("peer.service");

    /** The kind of failure; absent without one. */
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** What the trade number is called on a span; never on a metric. */
    public static final AttributeKey<Long> TRADE_NO = AttributeKey.longKey("trade.no");

    private static final String SCOPE = "finmicro";

    private Telemetry() {}

    public static Tracer tracer(OpenTelemetry telemetry) {
        return telemetry.getTracer(SCOPE);
    }

    public static Meter meter(OpenTelemetry telemetry) {
        return telemetry.getMeter(SCOPE);
    }

    /** @param unit what is counted, in the singular: {@code order} */
    public static LongCounter counter(OpenTelemetry telemetry, String name, String unit, String description) {
        return meter(telemetry)
                .counterBuilder(name)
                .setUnit("{" + unit + "}")
                .setDescription(description)
                .build();
    }

    /** Attributes of something that failed so; as they are where the type is null. */
    public static Attributes failed(Attributes attributes, String errorType) {
        return errorType == null
                ? attributes
                : attributes.toBuilder().put(ERROR_TYPE, errorType).build();
    }

    /** Says in a span that what it stands for failed. */
    public static void failed(Span span, String type, String reason) {
        span.setAttribute(ERROR_TYPE, type).setStatus(StatusCode.ERROR, reason);
    }
}
