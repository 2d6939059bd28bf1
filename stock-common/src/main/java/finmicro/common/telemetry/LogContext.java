package finmicro.common.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/** What the current work is about, for logs and problems: its trace, and its trade where it is about one. */
public final class LogContext {

    private static final ContextKey<Long> TRADE_NO = ContextKey.named("tradeNo");

    private LogContext() {}

    /** That context, in which work is about a trade. */
    public static Context of(Context context, long tradeNo) {
        return context.with(TRADE_NO, tradeNo);
    }

    /** The current context, in which work is about a trade. */
    public static Context of(long tradeNo) {
        return of(Context.current(), tradeNo);
    }

    /** The number of the trade that the current work is about, or null. */
    static String tradeNo() {
        Long tradeNo = Context.current().get(TRADE_NO);
        return tradeNo == null ? null : tradeNo.toString();
    }

    /** The id of the trace that the current work belongs to, or null. */
    public static String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
