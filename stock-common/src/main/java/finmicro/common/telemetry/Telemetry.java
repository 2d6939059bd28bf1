package finmicro.common.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/** Shared helpers for traces and metrics. If telemetry is off, they do nothing. */
public final class Telemetry {

    /** The remote service of a client span; Zipkin and X-Ray show it as a node in their service maps. */
    public static final AttributeKey<String> PEER_SERVICE = AttributeKey.stringKey("peer.service");

    /** The error type; absent on success. */
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** The trade number on a span; never used on a metric. */
    public static final AttributeKey<Long> TRADE_NO = AttributeKey.longKey("trade.no");

    private static final String SCOPE = "finmicro";

    private Telemetry() {}

    public static Tracer tracer(OpenTelemetry telemetry) {
        return telemetry.getTracer(SCOPE);
    }

    public static Meter meter(OpenTelemetry telemetry) {
        return telemetry.getMeter(SCOPE);
    }

    /** @param unit the counted item, in the singular: {@code order} */
    public static LongCounter counter(OpenTelemetry telemetry, String name, String unit, String description) {
        return meter(telemetry)
                .counterBuilder(name)
                .setUnit("{" + unit + "}")
                .setDescription(description)
                .build();
    }

    /** Adds the error type to the attributes, unless it is null. */
    public static Attributes failed(Attributes attributes, String errorType) {
        return errorType == null
                ? attributes
                : attributes.toBuilder().put(ERROR_TYPE, errorType).build();
    }

    /** Marks a span as failed. */
    public static void failed(Span span, String type, String reason) {
        span.setAttribute(ERROR_TYPE, type).setStatus(StatusCode.ERROR, reason);
    }
}
