package finmicro.common.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Log;
import finmicro.common.time.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Caches the issuer's public keys. They are refreshed at start and every few minutes, so that a revoked key is not trusted for
 * long; during an outage of the issuer the last known keys stay valid. A token with an unknown key causes a refresh, so that new
 * keys need no restart, but at most every few seconds. Requests that need a refresh share one fetch and wait for it with a
 * timeout; other requests do not wait. A lock guards the fetch instead of a monitor, because blocking I/O in a monitor pins a
 * virtual thread on Java 21.
 */
@ApplicationScoped
public class SigningKeys implements JWKSource<SecurityContext>, Worker {

    static final Duration REFRESH = Duration.ofMinutes(5);
    static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

    private static final System.Logger LOG = Log.of(SigningKeys.class);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int MAX_BYTES = 256 * 1024;

    private final Optional<TrustedIssuer> trusted;
    private final Ticker ticker;
    private final ResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile JWKSet known;
    private Set<String> skipped = Set.of();
    private Exception failure;
    /** End of the last fetch by {@link #ticker}; null before the first. */
    private Long fetchedAt;

    @Inject
    public SigningKeys(AccessConfig config, Ticker ticker) {
        trusted = config.trusted();
        this.ticker = ticker;
    }

    @Override
    public String name() {
        return "signing-keys";
    }

    @Override
    public int threads() {
        return trusted.isPresent() ? 1 : 0;
    }

    @Override
    public boolean required() {
        return trusted.isPresent();
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(REFRESH, MIN_INTERVAL, () -> {
            // A slow issuer must not make this thread count as stuck.
            context.reportIdle();
            refreshed();
        });
    }

    /** @throws KeySourceException if a fetch is needed and fails */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        JWKSet keys = known;
        List<JWK> matching = selector.select(keys == null ? refreshed() : keys);
        return matching.isEmpty() ? selector.select(refreshed()) : matching;
    }

    /** The issuer's keys, not older than {@link #MIN_INTERVAL}. */
    JWKSet refreshed() throws KeySourceException {
        lock();
        try {
            if (fetchedAt == null || ticker.since(fetchedAt).compareTo(MIN_INTERVAL) >= 0) {
                fetch();
                fetchedAt = ticker.nanos();
            }
            if (failure != null) {
                throw new KeySourceException("the issuer's keys could not be fetched", failure);
            }
            return known;
        } finally {
            fetching.unlock();
        }
    }

    private void lock() throws KeySourceException {
        try {
            if (!fetching.tryLock(CONNECT_MILLIS + READ_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new KeySourceException("the issuer did not respond in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("interrupted while fetching the issuer's keys", e);
        }
    }

    private void fetch() {
        try {
            PublishedKeys published = PublishedKeys.parse(retriever
                    .retrieveResource(trusted.orElseThrow().keys().toURL())
                    .getContent());
            published.skipped().stream()
                    .filter(key -> !skipped.contains(key))
                    .forEach(key -> LOG.log(System.Logger.Level.WARNING, "access.key.skipped {0}", key));
            skipped = published.skipped();
            known = published.keys();
            failure = null;
        } catch (IOException | ParseException e) {
            failure = e;
        }
    }
}
