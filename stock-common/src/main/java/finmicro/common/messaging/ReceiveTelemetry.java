package finmicro.common.messaging;

import finmicro.common.telemetry.Durations;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;

/** Spans and metrics of one queue's consumer. Idle polling is not recorded. */
final class ReceiveTelemetry {

    private final Tracer tracer;
    private final LongCounter consumed;
    private final LongCounter redelivered;
    private final LongCounter unsettled;
    private final Durations calls;
    private final Durations processing;
    private final LongUpDownCounter permits;
    private final String queue;
    private final Attributes attributes;

    ReceiveTelemetry(OpenTelemetry telemetry, String queue) {
        this.queue = queue;
        this.attributes = Attributes.of(Semantics.SYSTEM, Semantics.SQS, Semantics.DESTINATION, queue);
        tracer = Telemetry.tracer(telemetry);
        consumed = Telemetry.counter(telemetry, Semantics.CONSUMED, "message", "Messages received");
        redelivered =
                Telemetry.counter(telemetry, Semantics.REDELIVERED, "message", "Messages received more than once");
        unsettled = Telemetry.counter(
                telemetry, Semantics.UNSETTLED, "message", "Messages whose delete or visibility change failed");
        calls = Semantics.calls(telemetry);
        processing = new Durations(
                telemetry, Semantics.PROCESS_DURATION, "Time from a message's receive to its effect or failure");
        permits = Telemetry.meter(telemetry)
                .upDownCounterBuilder(Semantics.PERMITS_USED)
                .setUnit("{batch}")
                .setDescription("Batches in flight")
                .build();
    }

    /** Changes the number of batches in flight. */
    void permits(int change) {
        permits.add(change, attributes);
    }

    /**
     * Records a call that has ended.
     *
     * @param operation {@code receive}, {@code delete} or {@code change_visibility}
     * @param began start by {@link System#nanoTime}
     * @param errorType the error type, or null
     */
    void called(String operation, long began, String errorType) {
        calls.record(began, attributes(operation), errorType);
    }

    /**
     * Counts messages for which an operation failed.
     *
     * @param operation {@code delete} or {@code change_visibility}
     * @param errorType the error code of the messages, or the error type of the whole call
     */
    void unsettled(String operation, String errorType, int messages) {
        unsettled.add(messages, Telemetry.failed(attributes(operation), errorType));
    }

    /** Counts a received message. */
    void consumed(boolean redelivery) {
        consumed.add(1, attributes("receive"));
        if (redelivery) {
            redelivered.add(1, attributes);
        }
    }

    /** Records the processing of a message. @param errorType the error type, or null if it succeeded */
    void processed(long began, String errorType) {
        processing.record(began, attributes("process"), errorType);
    }

    /** Records the span of a completed receive. */
    void receiveSpan(Context parent, String messageId, Instant began, Instant ended) {
        span("receive", "receive", parent, messageId)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(began)
                .startSpan()
                .end(ended);
    }

    /** Starts the span of a message's processing. */
    Span processSpan(Context parent, String messageId, long receiveCount) {
        return span("process", "process", parent, messageId)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(Semantics.RECEIVE_COUNT, receiveCount)
                .startSpan();
    }

    /** Starts the span of a message's deletion or visibility change. */
    Span settleSpan(String operation, Context parent, String messageId) {
        return span(operation, "settle", parent, messageId)
                .setSpanKind(SpanKind.CLIENT)
                .startSpan();
    }

    private SpanBuilder span(String operation, String type, Context parent, String messageId) {
        return tracer.spanBuilder(operation + " " + queue)
                .setParent(parent)
                .setAllAttributes(attributes(operation))
                .setAttribute(Semantics.OPERATION_TYPE, type)
                .setAttribute(Semantics.MESSAGE_ID, messageId);
    }

    private Attributes attributes(String operation) {
        return attributes.toBuilder().put(Semantics.OPERATION, operation).build();
    }
}
