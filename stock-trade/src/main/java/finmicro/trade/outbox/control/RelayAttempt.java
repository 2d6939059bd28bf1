package finmicro.trade.outbox.control;

import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;

/** An attempt to send a message: a span {@code relay order} in the trace that is stored with the message. */
final class RelayAttempt {

    private final Span span;
    private final Context context;
    private final OutboxMessage message;

    RelayAttempt(Tracer tracer, OutboxMessage stored) {
        Context trace = TraceContext.of(stored.traceparent());
        span = tracer.spanBuilder("relay " + stored.destination().word())
                .setParent(trace)
                .startSpan();
        stored.tradeNo().ifPresent(tradeNo -> span.setAttribute(Telemetry.TRADE_NO, tradeNo));
        Context inSpan = trace.with(span);
        context = stored.tradeNo().isPresent()
                ? LogContext.of(inSpan, stored.tradeNo().getAsLong())
                : inSpan;
        message = stored.within(TraceContext.text(context));
    }

    /** The message, with the trace context of this attempt. */
    OutboxMessage message() {
        return message;
    }

    Context context() {
        return context;
    }

    void end(Outcome outcome) {
        if (outcome.result() != Outcome.Result.SENT) {
            Telemetry.failed(span, outcome.result().name().toLowerCase(Locale.ROOT), outcome.reason());
        }
        span.end();
    }
}
