package finmicro.trade.access.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Adds the token of {@link ServiceToken} to requests, and discards it after a 401 response. */
@ApplicationScoped
public class BearerTokenFilter implements ClientRequestFilter, ClientResponseFilter {

    private static final String BEARER = "Bearer ";

    private final ServiceToken token;

    @Inject
    public BearerTokenFilter(ServiceToken token) {
        this.token = token;
    }

    @Override
    public void filter(ClientRequestContext request) {
        token.value().ifPresent(value -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, BEARER + value));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        String sent = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (response.getStatus() == 401 && sent != null) {
            token.invalidate(sent.substring(BEARER.length()));
        }
    }
}
