package finmicro.common.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import finmicro.common.config.ServiceConfig;
import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The issuer's public keys. They are fetched at start and now and then, so that one that was withdrawn is not believed for
 * long; the last ones stay while the issuer is away. A token signed by a key that is not among them has them fetched again,
 * so that new keys need no restart, but not more often than every few seconds, whatever is sent.
 */
@ApplicationScoped
public class SigningKeys implements JWKSource<SecurityContext>, Worker {

    static final Duration REFRESH = Duration.ofMinutes(5);
    static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;

    private final Optional<TrustedIssuer> trusted;
    private final Clock clock;
    private volatile JWKSet known;
    private Instant next = Instant.MIN;
    private Exception failure;

    @Inject
    public SigningKeys(ServiceConfig config, Clock clock) {
        trusted = config.trusted();
        this.clock = clock;
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
    public void run(Pulse pulse) {
        while (pulse.running()) {
            Duration pause = REFRESH;
            try {
                newest();
                pulse.answered();
            } catch (KeySourceException e) {
                pulse.failed(e);
                pause = ASK_AGAIN;
            }
            pulse.resting();
            pulse.pause(pause);
        }
    }

    /** @throws KeySourceException when the issuer does not tell its keys, and there are none that fit from before */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        List<JWK> fitting = selector.select(known == null ? newest() : known);
        return fitting.isEmpty() ? selector.select(newest()) : fitting;
    }

    /** The keys as the issuer tells them now, or told them a moment ago; whoever comes while it is asked waits. */
    private synchronized JWKSet newest() throws KeySourceException {
        if (!clock.instant().isBefore(next)) {
            ask();
            next = clock.instant().plus(ASK_AGAIN);
        }
        if (failure != null) {
            throw new KeySourceException("the issuer does not tell its keys", failure);
        }
        return known;
    }

    private void ask() {
        try {
            known = JWKSet.load(trusted.orElseThrow().keys().toURL(), CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
            failure = null;
        } catch (IOException | ParseException e) {
            failure = e;
        }
    }
}
