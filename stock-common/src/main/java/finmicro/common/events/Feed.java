package finmicro.common.events;

import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Problem;
import finmicro.common.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of server-sent events. Each task reads them from the database, so a client can subscribe to any task. The database
 * is read once a second for all subscribers, and only while there are any.
 *
 * <p>An event that belongs to an account is sent only to subscribers whose scope covers it.
 *
 * <p>After the greeting, a client misses no event until the connection ends or a {@code reset} event arrives. After each of
 * these it must fetch the current state. A stream ends when its token expires. When the service drains, all connections are
 * closed immediately, so that they do not delay the stop.
 */
public final class Feed implements Worker {

    /** How to subscribe, for the OpenAPI description of a stream. Follows the description of its events. */
    public static final String HOW =
            ", within about a second. The stream starts with a comment: fetch the current state after it, after each"
                    + " event named `reset` (data `{}`, sent instead of events that a slow client missed), and after each"
                    + " reconnect. A comment is sent at least every 20 seconds as a heartbeat. The stream ends after"
                    + " 10 minutes, or when the token expires: reconnect. Each caller can have 10 streams per task.";

    /** Description of the status 503 of a stream. */
    public static final String UNAVAILABLE =
            "The database is unavailable, the caller already has 10 open streams, or too many streams are open in"
                    + " total. Try again after Retry-After seconds";

    /** Maximum subscribers of one task. */
    static final int MAX_SUBSCRIBERS = 500;

    /** Maximum subscribers of one task for the same caller. */
    static final int MAX_PER_CALLER = 10;

    /** Size of the event buffer for slow subscribers, in bytes: minutes of orders. */
    static final int BUFFER = 4 * 1024 * 1024;

    private static final Duration READ_INTERVAL = Duration.ofSeconds(1);

    /** Number of times between two reads that the writer threads are adjusted. */
    private static final int ADJUSTMENTS = 10;

    /** Less than the 25 s after which a load balancer closes an idle connection. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** Limits a stream, so that clients reconnect: this rebalances them, checks access again, and drops dead connections. */
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

    /** How long an expired token is still accepted. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final String event;
    private final Changes<?> changes;
    private final StrictJson json;
    private final Clock clock;
    private final EventLog log = new EventLog(BUFFER);
    private final Writers writers = new Writers(MAX_SUBSCRIBERS);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Guards changes and listeners. Not a monitor, because the database is read while it is held. */
    private final Lock lock = new ReentrantLock();

    private boolean closed;
    private long lastHeartbeat;

    /**
     * @param event the name of its events
     * @param source the source of its events
     */
    public Feed(String event, ChangeSource<?> source, Clock clock, StrictJson json) {
        this.event = event;
        this.changes = new Changes<>(source, clock);
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String name() {
        return event + "-events";
    }

    /**
     * Adds a subscriber. Called on the thread of its request.
     *
     * @throws finmicro.common.problem.ProblemException 503 if there are too many, or the service drains
     */
    public void listen(Subscriber subscriber) {
        lock.lock();
        Listener listener;
        try {
            listener = admit(subscriber);
        } finally {
            lock.unlock();
        }
        listener.greet();
    }

    private Listener admit(Subscriber subscriber) {
        listeners.removeIf(Listener::isGone);
        if (closed || listeners.size() >= MAX_SUBSCRIBERS) {
            throw refused(
                    closed
                            ? "The service is shutting down. Reconnect in a few seconds."
                            : "Too many event streams are open. Try again in a few seconds.");
        }
        List<Listener> same = listeners.stream()
                .filter(other -> other.caller().equals(subscriber.caller()))
                .toList();
        if (same.size() >= MAX_PER_CALLER) {
            // A dead connection is detected only by writing to it.
            same.forEach(Listener::sendAlive);
            throw refused("You already have %d open event streams. Close one and try again.".formatted(MAX_PER_CALLER));
        }
        if (listeners.isEmpty()) {
            changes.begin();
            lastHeartbeat = Ticker.SYSTEM.nanos();
        }
        Listener listener = new Listener(subscriber, log, writers, lifetime(subscriber.expires()));
        listeners.add(listener);
        return listener;
    }

    private static RuntimeException refused(String reason) {
        return Problem.unavailable(reason).exception();
    }

    /** Until the token expires, or until the end of the leeway if it has already expired. */
    private Duration lifetime(Instant expires) {
        Instant now = clock.instant();
        if (expires.isAfter(now.plus(MAX_LIFETIME))) {
            return MAX_LIFETIME;
        }
        return Duration.between(now, expires.isAfter(now) ? expires : expires.plus(LEEWAY));
    }

    @Override
    public void run(WorkerContext context) {
        int failures = 0;
        while (context.running()) {
            try {
                // After a failure it reads even without subscribers, to report the end of the outage.
                if (read(failures > 0)) {
                    context.reportSuccess();
                }
                failures = 0;
                pause(context);
            } catch (RuntimeException e) {
                context.reportFailure(e);
                context.backOff(++failures);
            }
        }
        close();
    }

    /** Waits until the next read, and adds writer threads for blocked ones meanwhile. */
    private void pause(WorkerContext context) {
        if (listeners.isEmpty()) {
            context.pause(READ_INTERVAL);
            return;
        }
        for (int part = 0; part < ADJUSTMENTS && context.pause(READ_INTERVAL.dividedBy(ADJUSTMENTS)); part++) {
            writers.adjust(listeners.stream().filter(Listener::isBlocked).count());
        }
    }

    /** Returns whether the database was read. */
    private boolean read(boolean force) {
        lock.lock();
        try {
            listeners.stream().filter(Listener::isExpired).forEach(Listener::close);
            listeners.removeIf(Listener::isGone);
            if (listeners.isEmpty()) {
                log.drop();
            }
            if (listeners.isEmpty() && !force) {
                return false;
            }
            sendHeartbeat();
            append(changes.next());
            listeners.forEach(Listener::wake);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void sendHeartbeat() {
        if (Ticker.SYSTEM.since(lastHeartbeat).compareTo(HEARTBEAT) > 0) {
            listeners.forEach(Listener::sendAlive);
            lastHeartbeat = Ticker.SYSTEM.nanos();
        }
    }

    private void append(List<Event> events) {
        if (events == null) {
            log.drop();
            return;
        }
        String account = null;
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (Event next : events) {
            if (chunk.size() >= EventLog.CHUNK || !Objects.equals(account, next.account())) {
                flush(account, chunk);
            }
            account = next.account();
            String text = "event: " + event + "\ndata: " + json.text(next.data()) + "\n\n";
            chunk.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        flush(account, chunk);
    }

    private void flush(String account, ByteArrayOutputStream chunk) {
        if (chunk.size() > 0) {
            log.append(account, chunk.toByteArray());
            chunk.reset();
        }
    }

    private void close() {
        lock.lock();
        try {
            closed = true;
            listeners.forEach(Listener::close);
            listeners.clear();
        } finally {
            lock.unlock();
        }
    }
}
