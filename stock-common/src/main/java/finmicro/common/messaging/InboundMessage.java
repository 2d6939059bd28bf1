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

/** A message in hand, from its receive until the queue is told what became of it. */
final class InboundMessage {

    static final String OUTAGE = "outage";
    static final String POISON = "poison";

    private final ReceiveTelemetry telemetry;
    private final Message message;
    private final Instant asked;
    private final Instant received = Instant.now();
    private final long began = System.nanoTime();
    private Span span = Span.getInvalid();
    private Context context = Context.root();

    /** @param asked when the receive began that brought it */
    InboundMessage(ReceiveTelemetry telemetry, Message message, Instant asked) {
        this.telemetry = telemetry;
        this.message = message;
        this.asked = asked;
        telemetry.consumed(receiveCount() > 1);
    }

    /** Opens the message, and begins its processing in a span of the trace that it came with. */
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

    /** When its receive could first have brought it, by the queue's clock: an idle poll before that is none of its. */
    private Instant sent() {
        Instant sent = Instant.ofEpochMilli(attribute(MessageSystemAttributeName.SENT_TIMESTAMP));
        Instant latest = sent.isAfter(received) ? received : sent;
        return latest.isBefore(asked) ? asked : latest;
    }

    /** It is about that trade, or about none. */
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

    /** Its effect is delayed by an outage, and it stays in hand. */
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

    /** The span of telling the queue, which begins; none where the message belongs to no trace. */
    Span settleSpan(String operation) {
        return span.getSpanContext().isValid()
                ? telemetry.settleSpan(operation, context, messageId())
                : Span.getInvalid();
    }

    /** What is done with it belongs there. */
    Context context() {
        return context;
    }

    String messageId() {
        return message.messageId();
    }

    String receiptHandle() {
        return message.receiptHandle();
    }

    /** How often it has been received, this time included. */
    int receiveCount() {
        return (int) Math.max(1, attribute(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    }

    private long attribute(MessageSystemAttributeName name) {
        return Long.parseLong(message.attributes().getOrDefault(name, "0"));
    }
}
