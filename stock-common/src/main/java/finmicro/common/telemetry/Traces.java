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

/** The traces that the current work belongs to: that of a request, or those of all messages of a batch. */
public final class Traces {

    private static final ContextKey<List<Context>> BATCH = ContextKey.named("traces");

    private Traces() {}

    /** A context in which work is done for all of these at once; the one where there is one. */
    public static Context together(List<Context> contexts) {
        return contexts.size() == 1 ? contexts.get(0) : Context.root().with(BATCH, List.copyOf(contexts));
    }

    /**
     * A context of its own, marked as not recorded: a request that is made in it, for all messages of a batch, is in none of
     * their traces. It begins one of its own only where the sampler heeds no caller.
     */
    public static Context unrecorded() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        SpanContext nobodys = SpanContext.create(
                TraceId.fromLongs(random.nextLong(), random.nextLong()),
                SpanId.fromLong(random.nextLong()),
                TraceFlags.getDefault(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(nobodys));
    }

    /** Those of the current work; none beside any trace, as when an idle worker looks for what there is to do. */
    public static List<Context> current() {
        Context current = Context.current();
        return Optional.ofNullable(current.get(BATCH)).orElse(List.of(current)).stream()
                .filter(context -> Span.fromContext(context).getSpanContext().isValid())
                .toList();
    }
}
