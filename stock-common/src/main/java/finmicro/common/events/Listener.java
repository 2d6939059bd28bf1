package finmicro.common.events;

import finmicro.common.telemetry.Log;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One who listens. Nobody waits for him: the server blocks whoever writes to a client that takes nothing, so that is done
 * on a thread of the executor, an event after the other. With too many waiting he is let go, to come again and fetch anew.
 */
final class Listener {

    /** Minutes of orders for one who is slow; no burst for one who is not. */
    private static final int MOST_WAITING = 1_000;

    private static final System.Logger LOG = Log.of(Listener.class);

    private final SseEventSink sink;
    private final Sse sse;
    private final Executor executor;
    private final long since = System.nanoTime();
    private final AtomicInteger waiting = new AtomicInteger();
    private CompletionStage<?> last = CompletableFuture.completedFuture(null);
    private volatile boolean gone;

    Listener(SseEventSink sink, Sse sse, Executor executor) {
        this.sink = sink;
        this.sse = sse;
        this.executor = executor;
    }

    /** Sends an event of that name. */
    void send(String name, String json) {
        send(sse.newEventBuilder().name(name).data(json).build());
    }

    /** Sends what is no event, so that the connection is not taken for dead. */
    void comment(String text) {
        send(sse.newEventBuilder().comment(text).build());
    }

    private synchronized void send(OutboundSseEvent event) {
        if (isGone()) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            close();
            return;
        }
        last = last.thenComposeAsync(before -> sink.send(event), executor).whenComplete((sent, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                gone = true;
            }
        });
    }

    /** Whether he has listened for longer than that. */
    boolean isOlder(Duration age) {
        return System.nanoTime() - since > age.toNanos();
    }

    /** Whether nothing can be sent any more. */
    boolean isGone() {
        return gone || sink.isClosed();
    }

    /** Ends the connection; on a thread of its own, since that waits for a client who takes nothing. */
    void close() {
        gone = true;
        Thread closer = new Thread(this::end, "close-listener");
        closer.setDaemon(true);
        closer.start();
    }

    private void end() {
        try {
            sink.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the listener was gone before", e);
        }
    }
}
