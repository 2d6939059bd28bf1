package finmicro.common.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/**
 * A stream that JAX-RS opens. After the greeting, text is written to the response itself: {@link SseEventSink} takes one event a
 * call and flushes after each, so a burst of events for many listeners would be a system call for each. The response ends it too,
 * without another flush of the sink, whose state knows nothing of what was written beside it.
 */
final class SseOutput implements EventOutput {

    private final SseEventSink sink;
    private final Sse sse;
    private final AsyncContext exchange;
    private final OutputStream body;
    private volatile boolean ended;

    /** Called on the thread of the request, which JAX-RS has made asynchronous for the sink. */
    SseOutput(SseEventSink sink, Sse sse, HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.sink = sink;
        this.sse = sse;
        exchange = request.getAsyncContext();
        body = response.getOutputStream();
    }

    @Override
    public void greet() throws IOException {
        try {
            sink.send(sse.newEventBuilder().comment("listening").build())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void write(byte[] text) throws IOException {
        body.write(text);
        body.flush();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            exchange.complete();
        }
    }

    @Override
    public boolean isClosed() {
        return ended || sink.isClosed();
    }
}
