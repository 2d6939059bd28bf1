package finmicro.common.messaging;

import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.OptionalLong;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A received message, until it is deleted or its visibility timeout is changed. */
final class InboundMessage {

    static final String OUTAGE = "outage";
    static final String POISON = "poison";

    private final ReceiveTelemetry telemetry;
    private final Message message;
    private final Instant receiveBegan;
    private final Instant received = Instant.now();
    private final long began = System.nanoTime();
    private Span span = Span.getInvalid();
    private Context context = Context.root();

    /** @param receiveBegan start of the receive call that returned it */
    InboundMessage(ReceiveTelemetry telemetry, Message message, Instant receiveBegan) {
        this.telemetry = telemetry;
        this.message = message;
        this.receiveBegan = receiveBegan;
        telemetry.consumed(receiveCount() > 1);
    }

    /** Returns the body, and starts the span of its processing in the producer's trace. */
    String open() {
        Envelope envelope = Envelope.open(message);
        Context creation = TraceContext.of(envelope.traceparent());
        if (envelope.traceparent() != null) {
            telemetry.receiveSpan(creation, messageId(), sent(), received);
        }
        span = telemetry.processSpan(creation, messageId(), receiveCount());
        context = creation.with(span);
        return envelope.body();
    }

    /** Start of its receive span: not before the message was sent, so that the span excludes idle polling. */
    private Instant sent() {
        Instant sent = Instant.ofEpochMilli(attribute(MessageSystemAttributeName.SENT_TIMESTAMP));
        Instant latest = sent.isAfter(received) ? received : sent;
        return latest.isBefore(receiveBegan) ? receiveBegan : latest;
    }

    /** Adds the message's trade number, if there is one, to span and log. */
    void about(OptionalLong tradeNo) {
        tradeNo.ifPresent(number -> {
            span.setAttribute(Telemetry.TRADE_NO, number);
            context = LogContext.of(context, number);
        });
    }

    /** Its effect is committed. */
    void processed() {
        span.end();
        telemetry.processed(began, null);
    }

    /** An outage delays its effect; it stays in flight. */
    void delayed(String reason) {
        span.addEvent(OUTAGE, Attributes.of(AttributeKey.stringKey("exception.message"), reason));
        telemetry.processed(began, OUTAGE);
    }

    /** It had no effect. @param type {@code poison} or {@code outage} */
    void failed(String type, String reason) {
        Telemetry.failed(span, type, reason);
        span.end();
        telemetry.processed(began, type);
    }

    /** Starts the span of deleting it or changing its visibility; an invalid span if the message is not traced. */
    Span settleSpan(String operation) {
        return span.getSpanContext().isValid()
                ? telemetry.settleSpan(operation, context, messageId())
                : Span.getInvalid();
    }

    /** The context of its processing. */
    Context context() {
        return context;
    }

    String messageId() {
        return message.messageId();
    }

    String receiptHandle() {
        return message.receiptHandle();
    }

    /** Number of receives, including this one. */
    int receiveCount() {
        return (int) Math.max(1, attribute(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    }

    private long attribute(MessageSystemAttributeName name) {
        return Long.parseLong(message.attributes().getOrDefault(name, "0"));
    }
}
