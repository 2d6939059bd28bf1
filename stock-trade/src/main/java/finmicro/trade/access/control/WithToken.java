package finmicro.trade.access.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Makes calls with {@link ServiceToken}; a token that was not taken is not shown again. */
@ApplicationScoped
public class WithToken implements ClientRequestFilter, ClientResponseFilter {

    private static final String BEARER = "Bearer ";

    private final ServiceToken token;

    @Inject
    public WithToken(ServiceToken token) {
        this.token = token;
    }

    @Override
    public void filter(ClientRequestContext request) {
        token.value().ifPresent(value -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, BEARER + value));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        String shown = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (response.getStatus() == 401 && shown != null) {
            token.drop(shown.substring(BEARER.length()));
        }
    }
}
