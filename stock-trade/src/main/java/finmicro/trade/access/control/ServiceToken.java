package finmicro.trade.access.control;

import finmicro.common.rest.JsonBody;
import finmicro.trade.TradeConfig;
import finmicro.trade.access.entity.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * stock-trade's own access token, kept until shortly before it expires. Whoever comes while a new one is fetched waits for
 * that one.
 */
@ApplicationScoped
public class ServiceToken {

    /** What the endpoint answers, under OAuth's names. */
    public record Granted(String access_token, long expires_in) {}

    private record Held(String token, Instant until) {}

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);

    /** A new token is fetched within this time, or not at all. */
    public static final Duration LONGEST_CALL = CONNECT.plus(READ);

    /** Long enough for a call that is under way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** After a failure, so that those who wait do not fail one after the other. */
    private static final Duration FETCH_AGAIN = Duration.ofSeconds(1);

    private final Optional<Credentials> credentials;
    private final Optional<TokenClient> endpoint;
    private final Clock clock;
    private Held held = new Held("", Instant.MIN);
    private Instant next = Instant.MIN;

    @Inject
    public ServiceToken(TradeConfig config, Clock clock, JsonBody json) {
        this.clock = clock;
        credentials = config.credentials();
        endpoint = credentials.map(client -> RestClientBuilder.newBuilder()
                .baseUri(client.endpoint())
                .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(READ.toMillis(), TimeUnit.MILLISECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json)
                .build(TokenClient.class));
    }

    /**
     * The token to call with; empty where calls go without.
     *
     * @throws ProcessingException when there is none to be had: as if the service to be called were away itself
     */
    public synchronized Optional<String> value() {
        if (credentials.isPresent() && !clock.instant().isBefore(held.until())) {
            if (clock.instant().isBefore(next)) {
                throw new ProcessingException("there was no token a moment ago");
            }
            held = fetched();
        }
        return credentials.map(any -> held.token());
    }

    /** Lets go of a token that was not taken, unless another has come meanwhile. */
    public synchronized void drop(String token) {
        if (held.token().equals(token)) {
            held = new Held("", Instant.MIN);
        }
    }

    private Held fetched() {
        Credentials client = credentials.orElseThrow();
        Form request = new Form("grant_type", "client_credentials");
        client.scope().ifPresent(scope -> request.param("scope", scope));
        try (Response response = endpoint.orElseThrow().token(client.basic(), request)) {
            if (response.getStatus() != 200) {
                throw new ProcessingException("the token endpoint answers " + response.getStatus());
            }
            return held(response.readEntity(Granted.class));
        } finally {
            next = clock.instant().plus(FETCH_AGAIN);
        }
    }

    /** A token that lives for less than two margins is used for half of its life. */
    private Held held(Granted granted) {
        Duration life = Duration.ofSeconds(granted.expires_in());
        Duration use = life.compareTo(MARGIN.multipliedBy(2)) < 0 ? life.dividedBy(2) : life.minus(MARGIN);
        return new Held(granted.access_token(), clock.instant().plus(use));
    }
}
