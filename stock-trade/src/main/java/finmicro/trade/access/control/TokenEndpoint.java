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

/** Requests access tokens from the OIDC provider with client credentials (RFC 6749, section 4.4). */
final class TokenEndpoint {

    /** The token response, with the property names of OAuth. */
    public record TokenResponse(String access_token, long expires_in) {}

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    /** Maximum duration of a request. */
    static final Duration MAX_CALL_TIME = CONNECT_TIMEOUT.plus(READ_TIMEOUT);

    private final Credentials credentials;
    private final TokenClient client;

    TokenEndpoint(Credentials credentials, JsonBody json) {
        this.credentials = credentials;
        client = RestClientBuilder.newBuilder()
                .baseUri(credentials.endpoint())
                .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json)
                .build(TokenClient.class);
    }

    /**
     * Requests a new token.
     *
     * @throws ProcessingException if the endpoint is unavailable or returns an error
     */
    AccessToken fetch() {
        Form request = new Form("grant_type", "client_credentials");
        credentials.scope().ifPresent(scope -> request.param("scope", scope));
        try (Response response = client.token(credentials.basic(), request)) {
            if (response.getStatus() != 200) {
                throw new ProcessingException("the token endpoint returned status " + response.getStatus());
            }
            TokenResponse body = response.readEntity(TokenResponse.class);
            return new AccessToken(body.access_token(), Duration.ofSeconds(body.expires_in()));
        }
    }
}
