package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import finmicro.local.LibertyServer;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three services with {@code AUTH=jwt} beside those of the shared system, and an OIDC provider. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class AccessIT {

    private static final Duration START = Duration.ofMinutes(3);
    private static final double PATIENCE_MILLIS = 30_000;
    private static final HasAttributeOptions PATIENCE = new HasAttributeOptions().setTimeout(PATIENCE_MILLIS);
    private static final List<String> ROLES = List.of("trader", "viewer", "service");
    private static final Map<Service, LibertyServer> SERVERS = new EnumMap<>(Service.class);

    private static OidcServer oidc;
    private static TcpGate keys;

    private final Trading trading;

    AccessIT(TradingSystem system) {
        trading = new Trading(system);
    }

    @BeforeAll
    static void startServers(TradingSystem system) {
        Ports ports = Ports.free();
        oidc = new OidcServer(ports.of(Port.ZIPKIN));
        keys = new TcpGate(ports.of(Port.SQS), ports.of(Port.ZIPKIN));
        String keysUri = "http://127.0.0.1:" + keys.port() + oidc.keysUri().getPath();
        Map<String, String> access = Map.of(
                "AUTH",
                "jwt",
                "JWT_ISSUER",
                oidc.issuer(),
                "JWT_JWKS_URI",
                keysUri,
                "JWT_AUDIENCE",
                "page-client," + OidcServer.AUDIENCE);
        for (Service service : List.of(Service.ITEMS, Service.BALANCE, Service.TRADE)) {
            SERVERS.put(service, system.another(service, access));
        }
        String items = SERVERS.get(Service.ITEMS).uri().toString();
        String balance = SERVERS.get(Service.BALANCE).uri().toString();
        Map<String, String> more = new HashMap<>(Map.of(
                "CORS_ORIGINS",
                SERVERS.get(Service.TRADE).uri().toString(),
                "ITEMS_SERVICE_URL",
                items + "/",
                "BALANCE_SERVICE_URL",
                balance + "/",
                "OIDC_TOKEN_URI",
                oidc.tokenUri().toString(),
                "OIDC_CLIENT_ID",
                "stock-trade",
                "OIDC_CLIENT_SECRET",
                "not-to-be-told",
                "OIDC_SCOPE",
                "stock/service"));
        more.putAll(Map.of("PAGE_ITEMS_URL", items, "PAGE_BALANCE_URL", balance, "PAGE_CLIENT_ID", "page-client"));
        SERVERS.values().forEach(server -> server.startAgain(more));
        SERVERS.values().forEach(server -> server.awaitReady(START));
    }

    @AfterAll
    static void stopServers() {
        SERVERS.values().forEach(LibertyServer::close);
        SERVERS.clear();
        keys.close();
        oidc.close();
    }

    private Trading.Answer send(Service service, String method, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        SERVERS.get(service).uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        return trading.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private static String token(String role) {
        return oidc.token(Map.of("scope", "openid stock/" + role));
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(oidc.key().getKeyID()).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet changed(JWTClaimsSet claims, String name, Object value) {
        return new JWTClaimsSet.Builder(claims).claim(name, value).build();
    }

    @Test
    void nobodyComesInWithoutAValidToken() throws JOSEException, ParseException {
        JWTClaimsSet claims = SignedJWT.parse(token("viewer")).getJWTClaimsSet();
        JWSSigner issuer = new RSASSASigner(oidc.key());
        JWSSigner stranger = new RSASSASigner(new RSAKeyGenerator(2048).generate());
        JWSSigner publicKeyAsSecret = new MACSigner(oidc.key().toRSAPublicKey().getEncoded());

        Trading.Answer without = send(Service.BALANCE, "GET", "/balance", "");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(without.header("content-type")).startsWith("application/problem+json");
        assertThat(send(Service.BALANCE, "GET", "/balance", signed(JWSAlgorithm.RS256, issuer, claims))
                        .status())
                .isEqualTo(200);
        Map.of(
                        "issuer", signed(JWSAlgorithm.RS256, issuer, changed(claims, "iss", oidc.issuer() + "s")),
                        "audience", signed(JWSAlgorithm.RS256, issuer, changed(claims, "aud", "another")),
                        "expired",
                                signed(
                                        JWSAlgorithm.RS256,
                                        issuer,
                                        changed(
                                                claims,
                                                "exp",
                                                Date.from(Instant.now().minusSeconds(120)))),
                        "ID token", signed(JWSAlgorithm.RS256, issuer, changed(claims, "token_use", "id")),
                        "alg=none", new PlainJWT(claims).serialize(),
                        "key", signed(JWSAlgorithm.RS256, stranger, claims),
                        "HS256 by the public key", signed(JWSAlgorithm.HS256, publicKeyAsSecret, claims),
                        "no token", "x")
                .forEach((wrong, token) -> {
                    Trading.Answer answer = send(Service.BALANCE, "GET", "/balance", token);
                    assertThat(answer.status()).as(wrong).isEqualTo(401);
                    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
                    assertThat(answer.body().path("type").asText()).endsWith(":unauthorized");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "TRADE,   POST, /trade/order,                     trader",
        "TRADE,   GET,  /trade/order,                     trader viewer",
        "TRADE,   GET,  /trade/order/10001,               trader viewer",
        "BALANCE, GET,  /balance/buying-power,            trader viewer",
        "BALANCE, PUT,  /balance/holds/1,                 service",
        "BALANCE, GET,  /balance,                         trader viewer",
        "BALANCE, POST, /balance,                         service",
        "BALANCE, POST, /balance/batch,                   service",
        "ITEMS,   GET,  /stock/attributes,                trader viewer service",
        "ITEMS,   GET,  /stock/attribute?stockCode=A002,  trader viewer service",
        "ITEMS,   GET,  /stock/prices?stockCode=A002,     trader viewer"
    })
    void eachRoleMayDoItsOwnAndNothingElse(Service service, String method, String path, String allowed) {
        for (String role : ROLES) {
            Trading.Answer answer = send(service, method, path, token(role));
            if (List.of(allowed.split(" ")).contains(role)) {
                // Let in, and told that an empty object is no order and no settlement.
                assertThat(answer.status()).as(role).isEqualTo(method.equals("GET") ? 200 : 400);
            } else {
                assertThat(answer.status()).as(role).isEqualTo(403);
                assertThat(answer.body().path("type").asText()).endsWith(":forbidden");
                assertThat(answer.header("www-authenticate")).contains("insufficient_scope");
            }
        }
        assertThat(send(service, method, path, token("nobody")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"/", "/health/ready", "/health/live", "/openapi", "/openapi/ui/"})
    void pageHealthAndDescriptionAreOpen(String path) {
        for (Service service : SERVERS.keySet()) {
            assertThat(send(service, "GET", path, "").status())
                    .as(service.name())
                    .isEqualTo(200);
        }
    }

    @Test
    void tokensOfCognitoAreTaken() {
        Map<String, Object> cognito = Map.of(
                "aud", List.of(),
                "client_id", "page-client",
                "token_use", "access",
                "scope", "openid",
                "cognito:groups", List.of("trader", "others"));

        assertThat(send(Service.TRADE, "GET", "/trade/order", oidc.token(cognito))
                        .status())
                .isEqualTo(200);
        Map<String, Object> ofAnotherClient = new HashMap<>(cognito);
        ofAnotherClient.put("client_id", "another");
        assertThat(send(Service.TRADE, "GET", "/trade/order", oidc.token(ofAnotherClient))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void newKeyIsTakenWithoutARestartOnceTheProviderTellsIt() {
        String old = token("viewer");
        assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                .isEqualTo(200);
        keys.cut();
        try {
            oidc.rotate();

            // Whether it is valid cannot be told yet; what is known is known.
            await().untilAsserted(() -> {
                Trading.Answer unknown = send(Service.ITEMS, "GET", "/stock/attributes", token("viewer"));
                assertThat(unknown.status()).isEqualTo(503);
                assertThat(unknown.header("retry-after")).isNotEmpty();
            });
            assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                    .isEqualTo(200);
        } finally {
            keys.open();
        }
        await().untilAsserted(() -> assertThat(send(Service.ITEMS, "GET", "/stock/attributes", token("viewer"))
                        .status())
                .isEqualTo(200));
        assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                .isEqualTo(401);
    }

    /** The contracts of this order go to either stock-trade, so some are placed until it was this one's turn. */
    @Test
    void stockTradeSettlesWithItsOwnTokenAndWithTheNextOneWhenThatHasExpired() {
        placeUntilSettledHere();
        int before = oidc.clientTokens();
        await().until(() -> {
            placeUntilSettledHere();
            return oidc.clientTokens() > before;
        });
        placeUntilSettledHere();
        for (LibertyServer server : SERVERS.values()) {
            assertThat(new Log(server).whole())
                    .contains("access.jwt issuer=" + oidc.issuer())
                    .doesNotContain("not-to-be-told", "eyJ");
        }
    }

    @Test
    void idempotencyKeyBelongsToItsCaller() {
        String key = UUID.randomUUID().toString();
        long first = place("hanako", key).tradeNo();

        assertThat(place("hanako", key).tradeNo()).isEqualTo(first);
        assertThat(place("taro", key).tradeNo()).isNotEqualTo(first);
    }

    private Trading.Answer place(String caller, String key) {
        String token = oidc.token(Map.of("sub", caller, "scope", "stock/trader"));
        Trading.Answer answer = trading.send(
                HttpRequest.newBuilder(SERVERS.get(Service.TRADE).uri().resolve("/trade/order"))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                Trading.order("BUY", "0", "100", 1).toString())));
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    @Test
    void personSignsInOnThePagePlacesAnOrderAndSignsOut() {
        try (Browser browser = Browser.start();
                BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"))) {
            Page page = context.newPage();
            List<String> complaints = new CopyOnWriteArrayList<>();
            page.onPageError(complaints::add);
            page.setDefaultTimeout(PATIENCE_MILLIS);
            Locator state = signIn(page);
            assertThat(page).hasURL(SERVERS.get(Service.TRADE).uri() + "/");
            assertThat(page.locator("sign-in")).containsText("taro");

            // Its tokens live for seconds: by now another was had for the first.
            page.locator("#ticket-orderQuantity").fill("1");
            page.locator("#ticket-orderPrice").fill("100");
            page.locator("order-ticket button").click();
            assertThat(page.locator("order-ticket [role=status]")).containsText("is accepted");

            page.reload();
            assertThat(state).hasAttribute("data-state", "live", PATIENCE);
            page.locator("sign-in button").click();
            assertThat(state).hasAttribute("data-state", "signedOut", PATIENCE);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void renewalThatIsAnsweredAfterTheSignOutDoesNotUndoIt() {
        try (Browser browser = Browser.start();
                BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"))) {
            Page page = context.newPage();
            page.setDefaultTimeout(PATIENCE_MILLIS);
            Locator state = signIn(page);

            // Each call renews the token first, which lives for seconds; without content, a leaving leaves the page.
            List<Route> renewals = new CopyOnWriteArrayList<>();
            page.route("**/token", renewals::add);
            page.route("**/endsession**", leaving -> leaving.fulfill(new FulfillOptions().setStatus(204)));
            page.locator("#ticket-orderQuantity").fill("1");
            page.locator("#ticket-orderPrice").fill("100");
            page.locator("order-ticket button").click();
            page.waitForCondition(() -> !renewals.isEmpty());
            page.locator("sign-in button").click();
            Response order = page.waitForResponse(
                    response -> response.request().method().equals("POST")
                            && response.url().endsWith("/trade/order"),
                    () -> renewals.forEach(Route::resume));

            assertThat(order.status()).isEqualTo(401);
            page.reload();
            assertThat(state).hasAttribute("data-state", "signedOut", PATIENCE);
        }
    }

    /** Signs in from the page, as a trader; returns the page's state once it is live. */
    private static Locator signIn(Page page) {
        page.navigate(SERVERS.get(Service.TRADE).uri() + "/");
        Locator state = page.locator("connection-state");
        assertThat(state).hasAttribute("data-state", "signedOut", PATIENCE);
        page.locator("sign-in button").click();
        page.locator("input[name=username]").fill("taro");
        page.locator("textarea[name=claims]").fill("{\"cognito:groups\":[\"trader\"],\"aud\":[\"page-client\"]}");
        page.locator("input[type=submit], button[type=submit]").first().click();
        assertThat(state).hasAttribute("data-state", "live", PATIENCE);
        return state;
    }

    private void placeUntilSettledHere() {
        Log balance = new Log(SERVERS.get(Service.BALANCE));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    trading.placeAs(SERVERS.get(Service.TRADE), token("trader"), Trading.order("BUY", "0", "100", 1));
                    return balance.text().contains("trade.settled");
                });
    }
}
