package finmicro.common.telemetry;

import finmicro.common.outage.Outages;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/**
 * Records spans of calls to external systems, mainly databases: one span in each current trace, and no span if there is no
 * trace.
 */
@ApplicationScoped
public class CallSpans {

    /**
     * A call.
     *
     * @param <T> its result
     * @param <E> its exception
     */
    public interface Call<T, E extends Exception> {
        T make() throws E;
    }

    private final Tracer tracer;

    @Inject
    public CallSpans(OpenTelemetry telemetry) {
        this.tracer = Telemetry.tracer(telemetry);
    }

    /** Makes the call in a span with this name and these attributes. They are only computed if a span is recorded. */
    public <T, E extends Exception> T call(String name, Supplier<Attributes> attributes, Call<T, E> call) throws E {
        List<Span> spans = Traces.current().stream()
                .map(trace -> start(name, attributes, trace))
                .toList();
        try {
            return call.make();
        } catch (Exception e) {
            spans.forEach(span -> Telemetry.failed(span, e.getClass().getName(), Outages.reason(e)));
            throw e;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private Span start(String name, Supplier<Attributes> attributes, Context trace) {
        return tracer.spanBuilder(name)
                .setParent(trace)
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(attributes.get())
                .startSpan();
    }
}
