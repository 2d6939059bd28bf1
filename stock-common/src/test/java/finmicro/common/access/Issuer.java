package finmicro.common.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A token issuer that publishes its keys over HTTP, and counts the requests. */
final class Issuer implements AutoCloseable, AccessConfig {

    /** Created once for all tests, because key generation is slow. */
    static final RSAKey FIRST = key("first");

    static final RSAKey SECOND = key("second");
    static final RSAKey FOREIGN = key("first");

    static final String NAME = "https://issuer.example/pool";

    private final HttpServer server;
    private volatile RSAKey key = FIRST;
    private volatile boolean unavailable;
    private final String accountClaim;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> additional = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch resumed = new CountDownLatch(0);

    Issuer() {
        this("sub");
    }

    /** @param accountClaim the claim that names the account */
    Issuer(String accountClaim) {
        this.accountClaim = accountClaim;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            awaitResume();
            byte[] keys = keySet().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(unavailable ? 500 : 200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private String keySet() {
        List<String> keys = new ArrayList<>(additional);
        keys.add(key.toPublicJWK().toJSONString());
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private void awaitResume() {
        try {
            resumed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    RSAKey key() {
        return key;
    }

    int requests() {
        return requests.get();
    }

    void unavailable(boolean now) {
        unavailable = now;
    }

    /** Publishes this JSON as an additional element of the key set, before the signing key. */
    void publishAlso(String jwk) {
        additional.add(jwk);
    }

    /** Accepts requests but does not respond until {@link #resume()}. */
    void stall() {
        resumed = new CountDownLatch(1);
    }

    void resume() {
        resumed.countDown();
    }

    void rotate() {
        key = SECOND;
    }

    @Override
    public Optional<TrustedIssuer> trusted() {
        URI keys = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
        return Optional.of(new TrustedIssuer(NAME, keys, Set.of("page", "stock-trade"), Optional.of(accountClaim)));
    }

    @Override
    public OriginPolicy originPolicy() {
        return new OriginPolicy(Set.of(), Optional.empty());
    }

    /** A valid token, with these changes. */
    String token(Consumer<JWTClaimsSet.Builder> changes) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), signer(key), changes);
    }

    static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(JWSHeader.Builder header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> changes) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject("somebody")
                .audience("page")
                .claim("scope", "openid trader")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        changes.accept(claims);
        SignedJWT token = new SignedJWT(header.build(), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        resume();
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdownNow();
    }
}
