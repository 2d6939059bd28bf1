package finmicro.trade.access.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.rest.JsonBody;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import finmicro.trade.access.entity.AccessToken;
import finmicro.trade.access.entity.Credentials;
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
 * Caches the access token of stock-trade until shortly before it expires. The lifetime counts from the receipt. Concurrent calls that
 * need a new token share one fetch, and wait for it up to {@link #MAX_CALL_TIME}. A lock guards the fetch instead of a monitor: on Java
 * 21, blocking I/O in a monitor pins the carrier of a virtual thread, which would block the relay and the pollers.
 *
 * <p>As a worker, it fetches the first token at startup and refreshes it soon after it expires. So the service becomes ready only with
 * a token, and few calls wait for one.
 */
@ApplicationScoped
public class ServiceToken implements Worker {

    private record CachedToken(AccessToken token, long since) {}

    /** A token is not used in this last part of its lifetime, so that it does not expire during a call. */
    private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(30);

    /** Minimum delay after a failed fetch. Calls within it fail at once instead of each waiting for a timeout. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    /** Maximum duration of {@link #value()}, which fetches a token or waits for another fetch. */
    public static final Duration MAX_CALL_TIME = TokenEndpoint.MAX_CALL_TIME;

    private final Optional<Supplier<AccessToken>> endpoint;
    private final Ticker ticker;
    private final ReentrantLock fetching = new ReentrantLock();
    /** Null before the first token, and after an {@link #invalidate}. */
    private final AtomicReference<CachedToken> cached = new AtomicReference<>();
    /** Time of the last fetch by {@link #ticker} if it failed; null otherwise. */
    private Long failedAt;

    @Inject
    public ServiceToken(Optional<Credentials> credentials, Ticker ticker, JsonBody json) {
        this(credentials.map(own -> new TokenEndpoint(own, json)::fetch), ticker);
    }

    /** @param endpoint fetches a token; empty if calls use no token */
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
    public void run(WorkerContext context) {
        context.repeat(CHECK_INTERVAL, RETRY_DELAY, () -> {
            // Without this, a slow endpoint makes the worker count as stuck.
            context.reportIdle();
            // A background refresh is not traced.
            Traces.unrecorded().wrapSupplier(this::value).get();
        });
    }

    /**
     * Returns a valid token; empty if calls use no token.
     *
     * @throws ProcessingException if no token is available. Callers handle it like an outage of the service that they call.
     */
    public Optional<String> value() {
        return endpoint.map(any -> usable().orElseGet(this::awaitToken));
    }

    /** Discards a rejected token, unless it was already replaced. */
    public void invalidate(String token) {
        CachedToken current = cached.get();
        if (current != null && current.token().value().equals(token)) {
            cached.compareAndSet(current, null);
        }
    }

    private Optional<String> usable() {
        return Optional.ofNullable(cached.get())
                .filter(current -> ticker.since(current.since()).compareTo(usableTime(current.token())) < 0)
                .map(current -> current.token().value());
    }

    /** A token with a lifetime of less than two margins is used for half of it. */
    private static Duration usableTime(AccessToken token) {
        Duration life = token.life();
        return life.compareTo(EXPIRY_MARGIN.multipliedBy(2)) < 0 ? life.dividedBy(2) : life.minus(EXPIRY_MARGIN);
    }

    private String awaitToken() {
        lock();
        try {
            return usable().orElseGet(this::fetch);
        } finally {
            fetching.unlock();
        }
    }

    private void lock() {
        try {
            if (!fetching.tryLock(MAX_CALL_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProcessingException("timed out waiting for a token");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessingException("interrupted while waiting for a token", e);
        }
    }

    private String fetch() {
        if (failedAt != null && ticker.since(failedAt).compareTo(RETRY_DELAY) < 0) {
            throw new ProcessingException("no token: the last request failed less than a second ago");
        }
        try {
            AccessToken token = endpoint.orElseThrow().get();
            cached.set(new CachedToken(token, ticker.nanos()));
            failedAt = null;
            return token.value();
        } catch (RuntimeException e) {
            failedAt = ticker.nanos();
            throw e;
        }
    }
}
