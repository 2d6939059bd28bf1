package finmicro.common.events;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/**
 * A stream that JAX-RS opens and ends. In between, text is written to the response itself: {@link SseEventSink} takes one
 * event a call and flushes after each, so a burst of events for many listeners would be a system call for each.
 */
final class SseOutput implements EventOutput {

    private final SseEventSink sink;
    private final Sse sse;
    private final OutputStream body;

    SseOutput(SseEventSink sink, Sse sse, HttpServletResponse response) throws IOException {
        this.sink = sink;
        this.sse = sse;
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
    public void close() throws IOException {
        sink.close();
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }
}
