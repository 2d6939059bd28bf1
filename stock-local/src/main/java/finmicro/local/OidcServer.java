package finmicro.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
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

/**
 * An OpenID provider on 127.0.0.1 for development and tests: discovery, keys, a login page without passwords, tokens. It issues
 * any token without authentication, so it must not be reachable from other machines.
 */
public final class OidcServer implements AutoCloseable {

    /** The audience of its tokens. */
    public static final String AUDIENCE = "stock-trading";

    /** The client id with which the page signs users in. */
    public static final String PAGE_CLIENT = "page-client";

    private static final String NAME = "stock";

    private final Keys keys = new Keys();
    private final IssuedTokens tokens;
    private final MockOAuth2Server server;

    /**
     * Starts it.
     *
     * @param port to listen on
     * @param lifetime of its tokens
     * @param loginPage HTML file with a form that posts {@code username} and {@code claims}; null for the library's default
     */
    public OidcServer(int port, Duration lifetime, Path loginPage) {
        tokens = new IssuedTokens(lifetime);
        server = new MockOAuth2Server(new OAuth2Config(
                true,
                loginPage == null ? null : loginPage.toString(),
                null,
                false,
                new OAuth2TokenProvider(keys),
                Set.of(tokens)));
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    /** Environment variables for all services: to accept its tokens, to request tokens, and to sign in on the page. */
    public Map<String, String> environment() {
        return Map.of(
                "AUTH",
                "jwt",
                "JWT_ISSUER",
                issuer(),
                "JWT_JWKS_URI",
                keysUri().toString(),
                "JWT_AUDIENCE",
                PAGE_CLIENT + "," + AUDIENCE,
                "OIDC_TOKEN_URI",
                tokenUri().toString(),
                "OIDC_CLIENT_ID",
                "stock-trade",
                "OIDC_CLIENT_SECRET",
                "not-to-be-told",
                "OIDC_SCOPE",
                "stock/service",
                "PAGE_CLIENT_ID",
                PAGE_CLIENT);
    }

    public String issuer() {
        return server.issuerUrl(NAME).toString();
    }

    /** Where its public keys are. */
    public URI keysUri() {
        return server.jwksUrl(NAME).uri();
    }

    /** Its token endpoint. */
    public URI tokenUri() {
        return server.tokenEndpointUrl(NAME).uri();
    }

    /** Replaces the signing key; only the new key is published. */
    public void rotate() {
        keys.rotate();
    }

    /** The current signing key. */
    public RSAKey key() {
        return keys.current;
    }

    /** Number of tokens issued to clients, not to users. */
    public int clientTokens() {
        return tokens.toClients.get();
    }

    /** An access token for this system, with these claims. */
    public String token(Map<String, Object> claims) {
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

    /** Tokens with the scope that was asked for. */
    private static final class IssuedTokens implements OAuth2TokenCallback {

        private final AtomicInteger toClients = new AtomicInteger();
        private final Duration lifetime;

        IssuedTokens(Duration lifetime) {
            this.lifetime = lifetime;
        }

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
                toClients.incrementAndGet();
            }
            return request.getScope() == null
                    ? Map.of()
                    : Map.of("scope", request.getScope().toString());
        }

        @Override
        public long tokenExpiry() {
            return lifetime.toSeconds();
        }
    }
}
