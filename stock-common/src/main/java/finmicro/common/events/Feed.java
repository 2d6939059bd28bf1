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
 * A stream of events, fed by each task from its own database, so that it does not matter which task a client listens to.
 * The database is read once a second for all listeners, and not at all while there is none.
 *
 * <p>An event that belongs to an account is sent only to subscribers whose scope covers it.
 *
 * <p>Whoever has been greeted misses nothing from there on, until the connection ends or a {@code reset} event comes: what
 * was before has to be fetched, after either. A stream ends when the token expires that opened it. When the service drains,
 * all connections are ended at once, so that none of them holds up its stop.
 */
public final class Feed implements Worker {

    /** What the description of a stream says of how to listen to it, after what its events are. */
    public static final String HOW =
            ", within about a second. Begins with a comment: fetch everything after it, and again"
                    + " after each event named `reset` (its data is `{}`), which comes instead of events that a slow client missed, and"
                    + " whenever the stream had to be opened again. A comment at least every 20 seconds says that the stream lives. It"
                    + " ends after 10 minutes, or when the token expires: open it again. A caller can have 10 streams on a task.";

    /** The same of its 503. */
    public static final String UNAVAILABLE =
            "The database is away, the caller has 10 streams open already, or there are"
                    + " too many in all. Try again after Retry-After seconds";

    /** How many can listen to one task. */
    static final int MOST = 500;

    /** How many of them for one caller. */
    static final int MOST_OF_CALLER = 10;

    /** Events kept for slow listeners, in bytes: minutes of orders. */
    static final int KEPT = 4 * 1024 * 1024;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How often between two looks writers are added. */
    private static final int ADJUSTMENTS = 10;

    /** Less than the 25 s after which a load balancer gives up a connection that is silent. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** So that listeners spread over tasks anew, are let in anew, and none is kept who is not there. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** How long an expired token is still accepted. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final String event;
    private final Changes<?> news;
    private final StrictJson json;
    private final Clock clock;
    private final EventLog log = new EventLog(KEPT);
    private final Writers writers = new Writers(MOST);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Guards the news and who listens. A lock and no monitor: the database is read under it. */
    private final Lock lock = new ReentrantLock();

    private boolean closed;
    private long beat;

    /**
     * @param event the name of its events
     * @param watch what they are, each a JSON document
     */
    public Feed(String event, ChangeSource<?> watch, Clock clock, StrictJson json) {
        this.event = event;
        this.news = new Changes<>(watch, clock);
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String name() {
        return event + "-events";
    }

    /**
     * Sends events to a subscriber from now on. Called on the thread of its request.
     *
     * @throws finmicro.common.problem.ProblemException 503 when there are too many, or the service drains
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
        if (closed || listeners.size() >= MOST) {
            throw refused(closed ? "the service is about to stop" : "too many listen already");
        }
        List<Listener> same = listeners.stream()
                .filter(other -> other.caller().equals(subscriber.caller()))
                .toList();
        if (same.size() >= MOST_OF_CALLER) {
            // One that has ended without a word is noticed when something is sent to it.
            same.forEach(Listener::sendAlive);
            throw refused("this caller has " + MOST_OF_CALLER + " streams open already");
        }
        if (listeners.isEmpty()) {
            news.begin();
            beat = Ticker.SYSTEM.nanos();
        }
        Listener listener = new Listener(subscriber, log, writers, lifetime(subscriber.expires()));
        listeners.add(listener);
        return listener;
    }

    private static RuntimeException refused(String reason) {
        return Problem.unavailable(reason).exception();
    }

    /** Until the token expires; if it has, and is accepted nevertheless, for as long as it is. */
    private Duration lifetime(Instant expires) {
        Instant now = clock.instant();
        if (expires.isAfter(now.plus(LONGEST))) {
            return LONGEST;
        }
        return Duration.between(now, expires.isAfter(now) ? expires : expires.plus(LEEWAY));
    }

    @Override
    public void run(WorkerContext context) {
        int failures = 0;
        while (context.running()) {
            try {
                // What has failed is read until it answers, whether anybody listens or not: its end is reported too.
                if (look(failures > 0)) {
                    context.answered();
                }
                failures = 0;
                pause(context);
            } catch (RuntimeException e) {
                context.failed(e);
                context.backOff(++failures);
            }
        }
        close();
    }

    /** Until the next look; writers that are blocked are replaced meanwhile. */
    private void pause(WorkerContext context) {
        if (listeners.isEmpty()) {
            context.pause(LOOK);
            return;
        }
        for (int part = 0; part < ADJUSTMENTS && context.pause(LOOK.dividedBy(ADJUSTMENTS)); part++) {
            writers.adjust(listeners.stream().filter(Listener::isBlocked).count());
        }
    }

    /** Returns whether the database was read. */
    private boolean look(boolean anyhow) {
        lock.lock();
        try {
            listeners.stream().filter(Listener::isExpired).forEach(Listener::close);
            listeners.removeIf(Listener::isGone);
            if (listeners.isEmpty()) {
                log.drop();
            }
            if (listeners.isEmpty() && !anyhow) {
                return false;
            }
            beat();
            append(news.next());
            listeners.forEach(Listener::wake);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        if (Ticker.SYSTEM.since(beat).compareTo(HEARTBEAT) > 0) {
            listeners.forEach(Listener::sendAlive);
            beat = Ticker.SYSTEM.nanos();
        }
    }

    private void append(List<Event> changes) {
        if (changes == null) {
            log.drop();
            return;
        }
        String account = null;
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (Event change : changes) {
            if (chunk.size() >= EventLog.CHUNK || !Objects.equals(account, change.account())) {
                flush(account, chunk);
            }
            account = change.account();
            String text = "event: " + event + "\ndata: " + json.text(change.data()) + "\n\n";
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
