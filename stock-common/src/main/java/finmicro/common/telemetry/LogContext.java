package finmicro.common.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/** Trace ID and trade number of the current context, for logs and problems. */
public final class LogContext {

    private static final ContextKey<Long> TRADE_NO = ContextKey.named("tradeNo");

    private LogContext() {}

    /** The given context with a trade number. */
    public static Context of(Context context, long tradeNo) {
        return context.with(TRADE_NO, tradeNo);
    }

    /** The current context with a trade number. */
    public static Context of(long tradeNo) {
        return of(Context.current(), tradeNo);
    }

    /** The current trade number, or null. */
    static String tradeNo() {
        Long tradeNo = Context.current().get(TRADE_NO);
        return tradeNo == null ? null : tradeNo.toString();
    }

    /** The current trace ID, or null. */
    public static String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
