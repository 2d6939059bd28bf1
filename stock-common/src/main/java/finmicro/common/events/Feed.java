package finmicro.common.events;

import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.Problem;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A stream of events, fed by each task from its own database, so that it does not matter which task somebody listens to.
 * The database is asked once a second for all who listen, and not at all while nobody does.
 *
 * <p>Whoever has been greeted misses nothing from there on, until the connection ends: what was before has to be fetched,
 * after the greeting. When the service drains, all connections are ended at once, so that none of them holds up its stop.
 */
public final class Feed implements Worker {

    /** What the description of a stream says of how to listen to it, after what its events tell. */
    public static final String HOW =
            ", within about a second. Begins with a comment: fetch what there is after it, and anew"
                    + " whenever the stream had to be opened again. A comment at least every 20 seconds says that the stream lives.";

    /** The same of its 503. */
    public static final String UNAVAILABLE =
            "The database is away, or too many listen. Try again after Retry-After seconds";

    /** How many can listen to one task. */
    static final int MOST = 500;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Less than the 25 s after which a load balancer gives up a connection that is silent. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** So that listeners spread over tasks anew, are let in anew, and none is kept who is not there. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String event;
    private final News<?> news;
    private final StrictJson json;
    private final Executor executor;
    private final List<Listener> listeners = new ArrayList<>();
    private boolean closed;
    private long heard;

    /**
     * @param event the name of its events
     * @param news what they tell, each a JSON document
     * @param executor writes to those who listen
     */
    public Feed(String event, News<?> news, StrictJson json, Executor executor) {
        this.event = event;
        this.news = news;
        this.json = json;
        this.executor = executor;
    }

    @Override
    public String name() {
        return "events";
    }

    /**
     * Has somebody listen from now on.
     *
     * @throws finmicro.common.problem.ProblemException 503 when too many do, or the service drains
     */
    public synchronized void listen(SseEventSink sink, Sse sse) {
        listeners.removeIf(Listener::isGone);
        if (closed || listeners.size() >= MOST) {
            throw Problem.unavailable(closed ? "the service is about to stop" : "too many listen already")
                    .exception();
        }
        if (listeners.isEmpty()) {
            news.begin();
            heard = System.nanoTime();
        }
        Listener listener = new Listener(sink, sse, executor);
        listener.comment("listening");
        listeners.add(listener);
    }

    @Override
    public void run(Pulse pulse) {
        int failures = 0;
        while (pulse.running()) {
            try {
                // What has failed is asked until it answers, whether anybody listens or not: its end is to be told too.
                if (tell(failures > 0)) {
                    pulse.answered();
                }
                failures = 0;
                pulse.pause(LOOK);
            } catch (RuntimeException e) {
                pulse.failed(e);
                pulse.backOff(++failures);
            }
        }
        close();
    }

    /** Returns whether the database was asked. */
    private synchronized boolean tell(boolean anyhow) {
        listeners.stream().filter(listener -> listener.isOlder(LONGEST)).forEach(Listener::close);
        listeners.removeIf(Listener::isGone);
        if (listeners.isEmpty() && !anyhow) {
            return false;
        }
        if (System.nanoTime() - heard > HEARTBEAT.toNanos()) {
            listeners.forEach(listener -> listener.comment("alive"));
            heard = System.nanoTime();
        }
        for (Record record : news.next()) {
            String text = json.text(record);
            listeners.forEach(listener -> listener.send(event, text));
        }
        return true;
    }

    private synchronized void close() {
        closed = true;
        listeners.forEach(Listener::close);
        listeners.clear();
    }
}
