package finmicro.common.messaging;

import finmicro.common.telemetry.Durations;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** Spans and metrics of the messages sent to one queue or topic. */
final class SendTelemetry {

    private final Tracer tracer;
    private final LongCounter sent;
    private final Durations calls;
    private final String destination;
    private final Attributes attributes;

    SendTelemetry(OpenTelemetry telemetry, String system, String destination) {
        this.tracer = Telemetry.tracer(telemetry);
        this.sent = Telemetry.counter(telemetry, Semantics.SENT, "message", "Messages sent to a queue or topic");
        this.calls = Semantics.calls(telemetry);
        this.destination = destination;
        this.attributes = Attributes.of(
                Semantics.SYSTEM, system, Semantics.DESTINATION, destination, Semantics.OPERATION, "send");
    }

    /** A message being sent. Its trace context is replaced by that of its send span. */
    final class Sending {

        private final Span span;
        private final Outgoing message;

        private Sending(Outgoing message) {
            span = tracer.spanBuilder("send " + destination)
                    .setParent(TraceContext.of(message.traceparent()))
                    .setSpanKind(SpanKind.PRODUCER)
                    .setAllAttributes(attributes)
                    .setAttribute(Semantics.OPERATION_TYPE, "send")
                    .setAttribute(Telemetry.PEER_SERVICE, destination)
                    .startSpan();
            String traceparent = TraceContext.text(Context.root().with(span));
            this.message = new Outgoing(message.id(), message.body(), traceparent);
        }

        Outgoing message() {
            return message;
        }

        /** @param messageId the message ID that the queue or topic assigned */
        void accepted(String messageId) {
            span.setAttribute(Semantics.MESSAGE_ID, messageId);
            sent.add(1, attributes);
        }

        void failed(String type, String reason) {
            Telemetry.failed(span, type, reason);
            sent.add(1, Telemetry.failed(attributes, type));
        }

        void end() {
            span.end();
        }
    }

    Sending begin(Outgoing message) {
        return new Sending(message);
    }

    /**
     * @param began start by {@link System#nanoTime}
     * @param errorType the error type, or null
     */
    void called(long began, String errorType) {
        calls.record(began, attributes, errorType);
    }
}
