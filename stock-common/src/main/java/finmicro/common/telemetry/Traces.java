package finmicro.common.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.List;
import java.util.Optional;

/** The traces that the current work belongs to: that of a request, or those of all messages of a batch. */
public final class Traces {

    private static final ContextKey<List<Context>> BATCH = ContextKey.named("traces");

    private Traces() {}

    /** A context in which work is done for all of these at once; the one where there is one. */
    public static Context together(List<Context> contexts) {
        return contexts.size() == 1 ? contexts.get(0) : Context.root().with(BATCH, List.copyOf(contexts));
    }

    /** Those of the current work; none beside any trace, as when an idle worker looks for what there is to do. */
    public static List<Context> current() {
        Context current = Context.current();
        return Optional.ofNullable(current.get(BATCH)).orElse(List.of(current)).stream()
                .filter(context -> Span.fromContext(context).getSpanContext().isValid())
                .toList();
    }
}
