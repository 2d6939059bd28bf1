package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import finmicro.local.OidcServer;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the four services with {@code AUTH=jwt}, next to those of the shared system, and an OIDC provider. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class AccessIT {

    private static final Duration START = Duration.ofMinutes(3);
    private static final double TIMEOUT_MILLIS = 30_000;
    private static final HasAttributeOptions TIMEOUT = new HasAttributeOptions().setTimeout(TIMEOUT_MILLIS);
    private static final Map<Service, LibertyServer> SERVERS = new EnumMap<>(Service.class);

    /** What each service waits for while the keys are unavailable. stock-items cannot authenticate stock-trade without them. */
    private static final Map<Service, Set<String>> NEED_KEYS = Map.of(
            Service.ITEMS, Set.of("signing-keys"),
            Service.BALANCE, Set.of("signing-keys"),
            Service.MARKET, Set.of("signing-keys"),
            Service.TRADE, Set.of("signing-keys", "stock-codes", "ledger-feed"));

    private static final List<LibertyServer> READY_WITHOUT_KEYS = new ArrayList<>();

    /** So short that tokens are renewed during the tests. */
    private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(4);

    private static OidcServer oidc;
    private static TcpGate keys;
    private static SignedInServers servers;

    private final Trading trading;

    AccessIT(TradingSystem system) {
        trading = new Trading(system);
    }

    @BeforeAll
    static void startServers(TradingSystem system) {
        Ports ports = Ports.free();
        oidc = new OidcServer(ports.of(Port.OIDC), TOKEN_LIFETIME, null);
        keys = new TcpGate(ports.of(Port.SQS), ports.of(Port.OIDC));
        String keysUri = "http://127.0.0.1:" + keys.port() + oidc.keysUri().getPath();
        Map<String, String> access = new HashMap<>(oidc.environment());
        access.put("JWT_JWKS_URI", keysUri);
        servers = SignedInServers.assemble(system, List.of(Service.values()), access);
        SERVERS.putAll(servers.servers());
        keys.cut();
        servers.start(VirtualThreads.jdk().map(VirtualThreads::recorded).orElse(Map.of()));
        Trading trading = new Trading(system);
        SERVERS.forEach((service, server) ->
                await().atMost(START).until(() -> trading.waitsFor(server), NEED_KEYS.get(service)::equals));
        READY_WITHOUT_KEYS.addAll(
                SERVERS.values().stream().filter(LibertyServer::isReady).toList());
        keys.open();
        servers.awaitReady();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
        SERVERS.clear();
        READY_WITHOUT_KEYS.clear();
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
    void requestWithoutAValidTokenIsRefused() throws JOSEException, ParseException {
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

    /**
     * Checks every described operation, event streams included. {@code EndpointsTest} checks that every endpoint is described. A
     * new one fails here until it is in the table of {@link Allowed}.
     */
    @ParameterizedTest
    @EnumSource(Service.class)
    void eachOperationAllowsOnlyItsRoles(Service service) {
        List<OpenApi.Operation> operations =
                new OpenApi(send(service, "GET", "/openapi?format=json", "").body()).allOperations();
        assertThat(operations)
                .extracting(OpenApi.Operation::toString)
                .containsExactlyInAnyOrderElementsOf(Allowed.operations(service));

        for (OpenApi.Operation operation : operations) {
            Set<String> allowed = Allowed.roles(service, operation.toString());
            assertThat(operation.roles()).as("described of %s", operation).isEqualTo(allowed);
            String path = concrete(operation.path());
            assertThat(status(service, operation.method(), path, ""))
                    .as("%s without a token", operation)
                    .isEqualTo(allowed.isEmpty() ? 200 : 401);
            for (String role : List.of("trader", "viewer", "operator", "service", "nobody")) {
                int status = status(service, operation.method(), path, token(role));
                if (allowed.isEmpty() || allowed.contains(role)) {
                    // An empty object is not a valid order or settlement: authorized, then rejected.
                    assertThat(status).as("%s as %s", operation, role).isIn(200, 202, 204, 400, 404);
                } else {
                    assertThat(status).as("%s as %s", operation, role).isEqualTo(403);
                }
            }
        }
    }

    private static String concrete(String path) {
        return path.replace("{tradeNo}", "999999999").replace("{account}", "alice");
    }

    /**
     * Checks every operation x role x account that a caller can name. An operation with an account parameter needs a rule in the
     * table.
     */
    @ParameterizedTest
    @EnumSource(Service.class)
    void eachOperationIsLimitedToTheAccountsOfItsCaller(Service service) {
        for (OpenApi.Operation operation :
                new OpenApi(send(service, "GET", "/openapi?format=json", "").body()).allOperations()) {
            AccountRule rule = Allowed.accounts(service, operation.toString());
            boolean takesAccount = operation.fields().containsKey("account")
                    || operation.parameters().stream()
                            .anyMatch(parameter -> parameter.name().equals("account"));
            assertThat(takesAccount && rule == AccountRule.NONE)
                    .as("%s takes an account without a rule", operation)
                    .isFalse();
            if (rule.isLimited()) {
                assertThat(takesAccount).as("%s takes an account", operation).isTrue();
                assertIsLimitedToAccounts(service, operation, rule);
            }
        }
    }

    private void assertIsLimitedToAccounts(Service service, OpenApi.Operation operation, AccountRule rule) {
        for (String role : operation.roles()) {
            // A caller can have at most ten streams, so the operator has a different subject.
            String token = token(role.equals("operator") ? "olga" : "alice", role);
            for (AccountRule.Named named : AccountRule.Named.values()) {
                assertThat(statusFor(service, operation, named.text(), token))
                        .as("%s as %s, naming %s", operation, role, named)
                        .isIn(rule.expected(role, named));
            }
            if (!role.equals("operator")) {
                for (String claim : List.of("main", "a b", "\uff41lice", "x".repeat(65))) {
                    assertThat(statusFor(service, operation, null, token(claim, role)))
                            .as("%s as %s with the claim %s", operation, role, claim)
                            .isEqualTo(403);
                }
            }
        }
    }

    /** Status of a request that names an account: in the body if there is one, else in the query. */
    private int statusFor(Service service, OpenApi.Operation operation, String account, String token) {
        ObjectNode body =
                operation.example() == null ? null : operation.example().deepCopy();
        String query = "";
        if (account != null && body != null) {
            body.put("account", account);
        } else if (account != null) {
            query = "?account=" + URLEncoder.encode(account, StandardCharsets.UTF_8);
        }
        URI address = SERVERS.get(service).uri().resolve(concrete(operation.path()) + query);
        return trading.status(HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .method(
                        operation.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static String token(String subject, String role) {
        return oidc.token(Map.of("sub", subject, "scope", "stock/" + role));
    }

    @Test
    void customersDoNotSeeEachOther() {
        String key = UUID.randomUUID().toString();
        Trading.Answer placed = place("alice", key);
        long tradeNo = placed.tradeNo();
        assertThat(placed.body().at("/acceptanceResult/account").asText()).isEqualTo("alice");
        String bob = token("bob", "trader");

        String unknown = send(Service.TRADE, "GET", "/trade/order/999999999", bob)
                .body()
                .path("detail")
                .asText();
        for (String method : List.of("GET", "DELETE")) {
            Trading.Answer answer = send(Service.TRADE, method, "/trade/order/" + tradeNo, bob);
            assertThat(answer.status()).as(method).isEqualTo(404);
            assertThat(answer.body().path("detail").asText())
                    .isEqualTo(unknown.replace("999999999", Long.toString(tradeNo)));
        }
        for (String page : List.of("/trade/order", "/trade/order?cursor=" + (tradeNo + 1))) {
            assertThat(send(Service.TRADE, "GET", page, bob).body().toString()).doesNotContain("alice");
        }
        assertThat(place("bob", key).tradeNo()).isNotEqualTo(tradeNo);

        String operator = token("olga", "operator");
        assertThat(send(Service.TRADE, "GET", "/trade/order/" + tradeNo, operator)
                        .status())
                .isEqualTo(200);
        assertThat(send(Service.TRADE, "GET", "/trade/order?account=alice", operator)
                        .body()
                        .path("orders"))
                .isNotEmpty()
                .allMatch(order -> order.path("account").asText().equals("alice"));
    }

    @Test
    void streamHasOnlyTheOrdersOfItsAccount() throws IOException {
        LibertyServer trade = SERVERS.get(Service.TRADE);
        try (EventStream alice = EventStream.open(trade, "/trade/events", token("alice", "trader"));
                EventStream bob = EventStream.open(trade, "/trade/events", token("bob", "viewer"));
                EventStream operator = EventStream.open(trade, "/trade/events", token("olga", "operator"))) {
            long first = place("alice", UUID.randomUUID().toString()).tradeNo();
            long second = place("bob", UUID.randomUUID().toString()).tradeNo();

            alice.awaitEvent("order", order -> order.path("tradeNo").asLong() == first);
            bob.awaitEvent("order", order -> order.path("tradeNo").asLong() == second);
            operator.awaitEvent("order", order -> order.path("tradeNo").asLong() == first);
            operator.awaitEvent("order", order -> order.path("tradeNo").asLong() == second);
            assertThat(alice.text()).doesNotContain("bob");
            assertThat(bob.text()).doesNotContain("alice");
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void otherMethodsNeedATokenToo(Service service) {
        for (String operation : Allowed.operations(service)) {
            String path = operation
                    .substring(operation.indexOf(' ') + 1)
                    .replace("{tradeNo}", "999999999")
                    .replace("{account}", "alice");
            boolean open = Allowed.roles(service, "GET " + path).isEmpty() && path.endsWith("/configuration");
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")) {
                boolean reads = method.equals("GET") || method.equals("HEAD");
                assertThat(status(service, method, path, ""))
                        .as("%s %s without a token", method, path)
                        .matches(status -> open && reads
                                ? status == 200
                                : List.of(401, 405, 501).contains(status));
            }
        }
    }

    @Test
    void refusalNamesTheMissingRole() {
        Trading.Answer answer = send(Service.TRADE, "POST", "/trade/order", token("viewer"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("type").asText()).endsWith(":forbidden");
        assertThat(answer.body().path("detail").asText()).contains("trader");
        assertThat(answer.header("www-authenticate")).contains("insufficient_scope");
    }

    /** Returns the status without reading the body, which may be an endless stream. */
    private int status(Service service, String method, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        SERVERS.get(service).uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        List.of("POST", "PUT", "PATCH").contains(method)
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return trading.status(request);
    }

    @Test
    void noServiceIsReadyWithoutTheSigningKeys() {
        assertThat(READY_WITHOUT_KEYS).isEmpty();
    }

    @Test
    void noVirtualThreadOfTheServicesIsPinnedWhileItBlocks() {
        assumeTrue(VirtualThreads.jdk().isPresent(), VirtualThreads.MISSING);
        placeUntilSettledHere();
        Instant warm = Instant.now();
        placeUntilSettledHere();

        SERVERS.values().forEach(server -> {
            VirtualThreads.Recording recording = VirtualThreads.dump(server, warm);
            assertThat(recording.threads())
                    .as("virtual threads of %s", server.service())
                    .isPositive();
            assertThat(recording.pinned()).as("pinned in %s", server.service()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/ready", "/health/live", "/openapi", "/openapi/ui/"})
    void pageHealthAndDescriptionAreOpen(String path) {
        for (Service service : SERVERS.keySet()) {
            assertThat(send(service, "GET", path, "").status())
                    .as(service.name())
                    .isEqualTo(200);
        }
    }

    @Test
    void tokensOfCognitoAreAccepted() {
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

    @ParameterizedTest
    @CsvSource({"ITEMS,/stock/events", "TRADE,/trade/events", "BALANCE,/balance/events"})
    void streamEndsWhenItsTokenExpires(Service service, String path) throws JOSEException, ParseException {
        Instant expires = Instant.now().plusSeconds(4);
        JWTClaimsSet claims = SignedJWT.parse(token("viewer")).getJWTClaimsSet();
        String token =
                signed(JWSAlgorithm.RS256, new RSASSASigner(oidc.key()), changed(claims, "exp", Date.from(expires)));
        try (EventStream expiring = EventStream.open(SERVERS.get(service), path, token);
                EventStream valid = EventStream.open(SERVERS.get(service), path, token("viewer"))) {
            expiring.awaitEnd(Duration.ofSeconds(10));

            // The exp claim is in whole seconds.
            assertThat(Instant.now()).isAfter(expires.minusSeconds(1));
            assertThat(valid.hasEnded()).isFalse();
        }
    }

    @Test
    void newKeyIsUsedWithoutARestartOnceTheProviderPublishesIt() {
        String old = token("viewer");
        assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                .isEqualTo(200);
        keys.cut();
        try {
            oidc.rotate();

            // A token with the new key cannot be verified yet; known keys still work.
            await().untilAsserted(() -> {
                Trading.Answer unknown = send(Service.ITEMS, "GET", "/stock/attributes", token("viewer"));
                assertThat(unknown.status()).isEqualTo(503);
                assertThat(unknown.header("retry-after")).isNotEmpty();
            });
            assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                    .isEqualTo(200);
            assertThat(SERVERS.values()).allMatch(LibertyServer::isReady);
        } finally {
            keys.open();
        }
        await().untilAsserted(() -> assertThat(send(Service.ITEMS, "GET", "/stock/attributes", token("viewer"))
                        .status())
                .isEqualTo(200));
        assertThat(send(Service.ITEMS, "GET", "/stock/attributes", old).status())
                .isEqualTo(401);
    }

    /** Either stock-trade may receive the fill of an order, so orders are placed until this one has received one. */
    @Test
    void stockTradeSettlesWithItsOwnTokenAndRenewsIt() {
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
    void userSignsInPlacesAnOrderAndSignsOut() {
        try (Browser browser = Browser.start();
                BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"))) {
            Page page = context.newPage();
            List<String> pageErrors = new CopyOnWriteArrayList<>();
            page.onPageError(pageErrors::add);
            page.setDefaultTimeout(TIMEOUT_MILLIS);
            Locator state = signIn(page);
            assertThat(page).hasURL(SERVERS.get(Service.TRADE).uri() + "/");
            assertThat(page.locator("sign-in")).containsText("taro");

            // The token expires after seconds, so it has been renewed by now.
            page.locator("#ticket-orderQuantity").fill("1");
            page.locator("#ticket-orderPrice").fill("100");
            page.locator("order-ticket button").click();
            assertThat(page.locator("order-ticket [role=status]")).containsText("accepted");

            page.reload();
            assertThat(state).hasAttribute("data-state", "live", TIMEOUT);
            page.locator("sign-in button").click();
            assertThat(state).hasAttribute("data-state", "signedOut", TIMEOUT);
            assertThat(pageErrors).isEmpty();
        }
    }

    @Test
    void renewalThatEndsAfterTheSignOutDoesNotUndoIt() {
        try (Browser browser = Browser.start();
                BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"))) {
            Page page = context.newPage();
            page.setDefaultTimeout(TIMEOUT_MILLIS);
            Locator state = signIn(page);

            // Each call first renews the token, which expires after seconds. A 204 response keeps the browser on the
            // page.
            List<Route> renewals = new CopyOnWriteArrayList<>();
            page.route("**/token", renewals::add);
            page.route("**/endsession**", signOut -> signOut.fulfill(new FulfillOptions().setStatus(204)));
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
            assertThat(state).hasAttribute("data-state", "signedOut", TIMEOUT);
        }
    }

    /** Tokens expire after seconds, and streams end with their token. */
    @Test
    void streamsThatEndWithTheirTokenAreReopenedSilently() {
        try (Browser browser = Browser.start();
                BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"))) {
            // Requests of a shared worker do not pass through the page.
            context.addInitScript("delete self.SharedWorker");
            Page page = context.newPage();
            page.setDefaultTimeout(TIMEOUT_MILLIS);
            Locator state = signIn(page);
            List<String> tokens = new CopyOnWriteArrayList<>();
            page.onResponse(response -> {
                if (response.url().endsWith("/trade/events") && response.status() == 200) {
                    tokens.add(response.request().headerValue("authorization"));
                }
            });
            state.evaluate(
                    "element => { window.states = []; new MutationObserver(() => window.states.push(element.dataset.state))"
                            + ".observe(element, {attributes: true}); }");

            page.waitForCondition(() -> tokens.size() >= 3);

            assertThat(tokens).doesNotHaveDuplicates().doesNotContainNull();
            assertThat((List<?>) page.evaluate("window.states")).isEmpty();
            assertThat(page.locator("part-state").allTextContents()).containsOnly("");
        }
    }

    /** Signs in on the page as a trader. Returns the connection state once it is live. */
    private static Locator signIn(Page page) {
        page.navigate(SERVERS.get(Service.TRADE).uri() + "/");
        Locator state = page.locator("connection-state");
        assertThat(state).hasAttribute("data-state", "signedOut", TIMEOUT);
        page.locator("sign-in button").click();
        page.locator("input[name=username]").fill("taro");
        page.locator("textarea[name=claims]").fill("{\"cognito:groups\":[\"trader\"],\"aud\":[\"page-client\"]}");
        page.locator("input[type=submit], button[type=submit]").first().click();
        assertThat(state).hasAttribute("data-state", "live", TIMEOUT);
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
