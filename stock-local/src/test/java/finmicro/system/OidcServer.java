package finmicro.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** An OIDC provider on loopback: its discovery, its keys, which can be changed, its sign-in page, its tokens. */
final class OidcServer implements AutoCloseable {

    static final String AUDIENCE = "stock-trading";

    private static final String NAME = "stock";

    private final Keys keys = new Keys();
    private final ClientTokens clients = new ClientTokens();
    private final MockOAuth2Server server = new MockOAuth2Server(
            new OAuth2Config(true, null, null, false, new OAuth2TokenProvider(keys), Set.of(clients)));

    /** @param port to listen on */
    OidcServer(int port) {
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    String issuer() {
        return server.issuerUrl(NAME).toString();
    }

    URI keysUri() {
        return server.jwksUrl(NAME).uri();
    }

    URI tokenUri() {
        return server.tokenEndpointUrl(NAME).uri();
    }

    /** Signs by a new key from now on, and tells that one alone. */
    void rotate() {
        keys.rotate();
    }

    /** What it signs by. */
    RSAKey key() {
        return keys.current;
    }

    /** How many tokens clients, not people, were given. */
    int clientTokens() {
        return clients.given.get();
    }

    /** An access token for this system, with these claims. */
    String token(Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(Map.of("sub", "somebody", "aud", AUDIENCE));
        all.putAll(claims);
        return server.anyToken(server.issuerUrl(NAME), all, Duration.ofMinutes(5))
                .serialize();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private static final class Keys extends KeyProvider {

        private volatile RSAKey current = generated("key-1");

        Keys() {
            super(List.of(), JWSAlgorithm.RS256.getName());
        }

        private static RSAKey generated(String id) {
            try {
                return new RSAKeyGenerator(2048).keyID(id).generate();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        void rotate() {
            current = generated(current.getKeyID() + "1");
        }

        @Override
        public JWK signingKey(String issuer) {
            return current;
        }
    }

    /** Short-lived tokens, with the scope that was asked for. */
    private static final class ClientTokens implements OAuth2TokenCallback {

        private final AtomicInteger given = new AtomicInteger();

        @Override
        public String issuerId() {
            return NAME;
        }

        @Override
        public String subject(TokenRequest request) {
            return request.getClientAuthentication() == null
                    ? request.getClientID().getValue()
                    : request.getClientAuthentication().getClientID().getValue();
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return "JWT";
        }

        @Override
        public List<String> audience(TokenRequest request) {
            return List.of(AUDIENCE);
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            if (request.getAuthorizationGrant().getType().equals(GrantType.CLIENT_CREDENTIALS)) {
                given.incrementAndGet();
            }
            return request.getScope() == null
                    ? Map.of()
                    : Map.of("scope", request.getScope().toString());
        }

        @Override
        public long tokenExpiry() {
            return 4;
        }
    }
}
