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

/** An attempt to deliver a message, in a span of the trace that its row has kept: {@code relay order}. */
final class Relaying {

    private final Span span;
    private final Context context;
    private final OutboxMessage message;

    Relaying(Tracer tracer, OutboxMessage kept) {
        Context trace = TraceContext.of(kept.traceparent());
        span = tracer.spanBuilder("relay " + kept.destination().word())
                .setParent(trace)
                .startSpan();
        kept.tradeNo().ifPresent(tradeNo -> span.setAttribute(Telemetry.TRADE_NO, tradeNo));
        Context inSpan = trace.with(span);
        context = kept.tradeNo().isPresent()
                ? LogContext.of(inSpan, kept.tradeNo().getAsLong())
                : inSpan;
        message = kept.within(TraceContext.text(context));
    }

    /** The message; what is sent of it belongs to this attempt. */
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
