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

/** Spans and metrics of what one queue's consumer does. An idle poll leaves neither. */
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
        redelivered = Telemetry.counter(
                telemetry, Semantics.REDELIVERED, "message", "Messages received that had been received before");
        unsettled = Telemetry.counter(
                telemetry,
                Semantics.UNSETTLED,
                "message",
                "Messages that the queue did not delete, or whose visibility it did not change");
        calls = Semantics.calls(telemetry);
        processing = new Durations(
                telemetry, Semantics.PROCESS_DURATION, "From a message's receive to its effect or its failure");
        permits = Telemetry.meter(telemetry)
                .upDownCounterBuilder(Semantics.PERMITS_USED)
                .setUnit("{batch}")
                .setDescription("Batches in hand")
                .build();
    }

    /** A batch is in hand, or no longer. */
    void permits(int change) {
        permits.add(change, attributes);
    }

    /**
     * A call has ended.
     *
     * @param operation {@code receive}, {@code delete} or {@code change_visibility}
     * @param began as of {@link System#nanoTime}
     * @param errorType the kind of failure, or null
     */
    void called(String operation, long began, String errorType) {
        calls.record(began, attributes(operation), errorType);
    }

    /**
     * The queue did not do what it was asked for some messages.
     *
     * @param operation {@code delete} or {@code change_visibility}
     * @param errorType the error code of the messages, or the kind of failure of the whole call
     */
    void unsettled(String operation, String errorType, int messages) {
        unsettled.add(messages, Telemetry.failed(attributes(operation), errorType));
    }

    /** A message has come. */
    void consumed(boolean again) {
        consumed.add(1, attributes("receive"));
        if (again) {
            redelivered.add(1, attributes);
        }
    }

    /** A message has had its effect, or not. @param errorType the kind of failure, or null */
    void processed(long began, String errorType) {
        processing.record(began, attributes("process"), errorType);
    }

    /** The span of a message's receive, which is over. */
    void receiveSpan(Context parent, String messageId, Instant began, Instant ended) {
        span("receive", "receive", parent, messageId)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(began)
                .startSpan()
                .end(ended);
    }

    /** The span of a message's processing, which begins. */
    Span processSpan(Context parent, String messageId, long receiveCount) {
        return span("process", "process", parent, messageId)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(Semantics.RECEIVE_COUNT, receiveCount)
                .startSpan();
    }

    /** The span of telling the queue what became of a message, which begins. */
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
