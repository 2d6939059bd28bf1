package finmicro.common.events;

import finmicro.common.telemetry.Log;
import finmicro.common.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open stream of a subscriber. Reads the log at its own pace: a writer thread sends one chunk per turn, one thread at a time.
 * If the log has dropped events that it has not sent yet, it sends a {@code reset} event and continues with the newest.
 */
final class Listener {

    static final byte[] RESET = "event: reset\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] ALIVE = ": alive\n\n".getBytes(StandardCharsets.UTF_8);

    /** Longer than a write takes if the client reads. */
    private static final Duration BLOCKED = Duration.ofMillis(50);

    private static final System.Logger LOG = Log.of(Listener.class);

    private final Subscriber subscriber;
    private final EventLog log;
    private final Executor writers;
    private final long since = Ticker.SYSTEM.nanos();
    private final Duration lifetime;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean alive = new AtomicBoolean();
    private volatile long position;
    private volatile long writeBegan;
    private volatile boolean writing;
    private volatile boolean closing;
    private volatile boolean gone;

    /** @param lifetime maximum duration of the stream, from now */
    Listener(Subscriber subscriber, EventLog log, Executor writers, Duration lifetime) {
        this.subscriber = subscriber;
        this.log = log;
        this.writers = writers;
        this.lifetime = lifetime;
        position = log.end();
        // Prevents writes before the greeting.
        scheduled.set(true);
    }

    String caller() {
        return subscriber.caller();
    }

    /** Sends the greeting, on the thread of the request. After that the events of the log follow. */
    void greet() {
        try {
            subscriber.output().greet();
        } catch (IOException e) {
            failed(e);
        }
        release();
    }

    /** Schedules a write if there is something to send. */
    void wake() {
        if (isWanted() && scheduled.compareAndSet(false, true)) {
            writers.execute(this::turn);
        }
    }

    /** Sends a comment as a heartbeat, so that proxies keep the connection and a dead one is detected. */
    void sendAlive() {
        alive.set(true);
        wake();
    }

    /** Closes the connection after the write in progress. */
    void close() {
        closing = true;
        wake();
    }

    boolean isExpired() {
        return Ticker.SYSTEM.since(since).compareTo(lifetime) > 0;
    }

    /** Whether the connection is closed. */
    boolean isGone() {
        return gone || subscriber.output().isClosed();
    }

    /** Whether a write is blocked because the client does not read. */
    boolean isBlocked() {
        return writing && Ticker.SYSTEM.since(writeBegan).compareTo(BLOCKED) > 0;
    }

    private boolean isWanted() {
        return !gone && (closing || alive.get() || log.isBehind(position));
    }

    private void release() {
        scheduled.set(false);
        wake();
    }

    private void turn() {
        try {
            if (closing) {
                end();
            } else {
                write(next());
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
        release();
    }

    private byte[] next() {
        if (!log.isBehind(position)) {
            return ALIVE;
        }
        EventLog.Part part = log.read(position, subscriber.scope(), EventLog.CHUNK);
        position = part.next();
        return part.text() == null ? RESET : part.text();
    }

    private void write(byte[] text) throws IOException {
        if (text.length == 0) {
            return;
        }
        alive.set(false);
        writeBegan = Ticker.SYSTEM.nanos();
        writing = true;
        try {
            subscriber.output().write(text);
        } finally {
            writing = false;
        }
    }

    private void failed(Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, "the connection to the subscriber failed", failure);
        end();
    }

    private void end() {
        gone = true;
        try {
            subscriber.output().close();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the connection was already closed", e);
        }
    }
}
