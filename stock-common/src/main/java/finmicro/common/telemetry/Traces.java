package finmicro.common.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The current traces: the trace of a request, or the traces of all messages in a batch. */
public final class Traces {

    private static final ContextKey<List<Context>> BATCH = ContextKey.named("traces");

    private Traces() {}

    /** A context that belongs to the traces of all given contexts; a single context is returned unchanged. */
    public static Context together(List<Context> contexts) {
        return contexts.size() == 1 ? contexts.get(0) : Context.root().with(BATCH, List.copyOf(contexts));
    }

    /**
     * A new context marked as not sampled. A request made in it, for instance for a whole batch, is not recorded in any trace,
     * unless the sampler ignores the parent.
     */
    public static Context unrecorded() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        SpanContext unsampled = SpanContext.create(
                TraceId.fromLongs(random.nextLong(), random.nextLong()),
                SpanId.fromLong(random.nextLong()),
                TraceFlags.getDefault(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(unsampled));
    }

    /** The contexts of the current traces; empty if there is no trace, for instance while a worker polls. */
    public static List<Context> current() {
        Context current = Context.current();
        return Optional.ofNullable(current.get(BATCH)).orElse(List.of(current)).stream()
                .filter(context -> Span.fromContext(context).getSpanContext().isValid())
                .toList();
    }
}
