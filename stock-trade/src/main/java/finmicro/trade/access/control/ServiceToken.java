package finmicro.trade.access.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.rest.JsonBody;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import finmicro.trade.TradeConfig;
import finmicro.trade.access.entity.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * stock-trade's own access token, kept until shortly before it expires; its lifetime counts from its receipt. Calls that need
 * a new one share one fetch and wait for it for a limited time. A lock and not a monitor guards the fetch: blocking I/O under
 * a monitor pins the carrier of a virtual thread on Java 21, and the relay and the pollers, which need no token, would wait.
 *
 * <p>As a worker it fetches the first token at start and a new one soon after the last has expired, so that the service is
 * not ready before it had a token and few calls have to wait.
 */
@ApplicationScoped
public class ServiceToken implements Worker {

    private record Held(AccessToken token, long since) {}

    /** Time that is left for a call with the token. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** After a failure, so that calls that wait do not fail one after the other. */
    private static final Duration FETCH_AGAIN = Duration.ofSeconds(1);

    private static final Duration CHECK = Duration.ofSeconds(5);

    /** {@link #value()} takes no longer: it fetches, or waits for the fetch of another call. */
    public static final Duration LONGEST_CALL = TokenEndpoint.LONGEST_CALL;

    private final Optional<Supplier<AccessToken>> endpoint;
    private final Ticker ticker;
    private final ReentrantLock fetching = new ReentrantLock();
    /** Null before the first one, and after one that was refused. */
    private final AtomicReference<Held> held = new AtomicReference<>();
    /** When the last fetch failed, by {@link #ticker}; null if it did not. */
    private Long failedAt;

    @Inject
    public ServiceToken(TradeConfig config, Ticker ticker, JsonBody json) {
        this(config.credentials().map(credentials -> new TokenEndpoint(credentials, json)::fetch), ticker);
    }

    /** @param endpoint fetches a token; empty if calls are made without one */
    ServiceToken(Optional<Supplier<AccessToken>> endpoint, Ticker ticker) {
        this.endpoint = endpoint;
        this.ticker = ticker;
    }

    @Override
    public String name() {
        return "service-token";
    }

    @Override
    public int threads() {
        return endpoint.isPresent() ? 1 : 0;
    }

    @Override
    public boolean required() {
        return endpoint.isPresent();
    }

    @Override
    public void run(WorkerContext worker) {
        while (worker.running()) {
            // However slow the endpoint is, the service is not stuck.
            worker.resting();
            Duration pause = CHECK;
            try {
                // A fetch that no request waits for is not traced.
                Traces.unrecorded().wrapSupplier(this::value).get();
                worker.answered();
            } catch (RuntimeException e) {
                worker.failed(e);
                pause = FETCH_AGAIN;
            }
            worker.pause(pause);
        }
    }

    /**
     * The token to call with; empty if calls are made without.
     *
     * @throws ProcessingException if none can be had: as if the service to be called did not answer itself
     */
    public Optional<String> value() {
        return endpoint.map(any -> usable().orElseGet(this::fetched));
    }

    /** Forgets a token that was refused, unless another has come meanwhile. */
    public void drop(String token) {
        Held current = held.get();
        if (current != null && current.token().value().equals(token)) {
            held.compareAndSet(current, null);
        }
    }

    private Optional<String> usable() {
        return Optional.ofNullable(held.get())
                .filter(current -> ticker.since(current.since()).compareTo(use(current.token())) < 0)
                .map(current -> current.token().value());
    }

    /** A token that lives for less than two margins is used for half of its life. */
    private static Duration use(AccessToken token) {
        Duration life = token.life();
        return life.compareTo(MARGIN.multipliedBy(2)) < 0 ? life.dividedBy(2) : life.minus(MARGIN);
    }

    private String fetched() {
        lock();
        try {
            return usable().orElseGet(this::fetch);
        } finally {
            fetching.unlock();
        }
    }

    private void lock() {
        try {
            if (!fetching.tryLock(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProcessingException("the token endpoint does not answer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessingException("interrupted while a token was fetched", e);
        }
    }

    private String fetch() {
        if (failedAt != null && ticker.since(failedAt).compareTo(FETCH_AGAIN) < 0) {
            throw new ProcessingException("there was no token a moment ago");
        }
        try {
            AccessToken token = endpoint.orElseThrow().get();
            held.set(new Held(token, ticker.nanos()));
            failedAt = null;
            return token.value();
        } catch (RuntimeException e) {
            failedAt = ticker.nanos();
            throw e;
        }
    }
}
