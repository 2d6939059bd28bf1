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
 * An event stream opened through JAX-RS. After the greeting, it writes to the response directly: {@link SseEventSink} flushes
 * after every event, which would cost one system call per event and subscriber. It also completes the response directly,
 * because the sink would flush again without knowing about the bypassing writes.
 */
final class SseOutput implements EventOutput {

    private final SseEventSink sink;
    private final Sse sse;
    private final AsyncContext exchange;
    private final OutputStream body;
    private volatile boolean ended;

    /** Called on the thread of the request, after JAX-RS made it asynchronous for the sink. */
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
