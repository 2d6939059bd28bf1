package finmicro.trade.access.control;

import finmicro.common.rest.JsonBody;
import finmicro.trade.access.entity.AccessToken;
import finmicro.trade.access.entity.Credentials;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Fetches access tokens of the OIDC provider by client credentials (RFC 6749, section 4.4). */
final class TokenEndpoint {

    /** What the endpoint answers, under OAuth's names. */
    public record Granted(String access_token, long expires_in) {}

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);

    /** A fetch ends within this time. */
    static final Duration LONGEST_CALL = CONNECT.plus(READ);

    private final Credentials credentials;
    private final TokenClient client;

    TokenEndpoint(Credentials credentials, JsonBody json) {
        this.credentials = credentials;
        client = RestClientBuilder.newBuilder()
                .baseUri(credentials.endpoint())
                .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(READ.toMillis(), TimeUnit.MILLISECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json)
                .build(TokenClient.class);
    }

    /**
     * A new token.
     *
     * @throws ProcessingException if the endpoint does not answer with one
     */
    AccessToken fetch() {
        Form request = new Form("grant_type", "client_credentials");
        credentials.scope().ifPresent(scope -> request.param("scope", scope));
        try (Response response = client.token(credentials.basic(), request)) {
            if (response.getStatus() != 200) {
                throw new ProcessingException("the token endpoint answers " + response.getStatus());
            }
            Granted granted = response.readEntity(Granted.class);
            return new AccessToken(granted.access_token(), Duration.ofSeconds(granted.expires_in()));
        }
    }
}
