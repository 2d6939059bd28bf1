package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks what a web page can make a browser send to services that require no token. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class CrossOriginIT {

    private static final Map<Service, String> READABLE = Map.of(
            Service.ITEMS, "/stock/attributes",
            Service.TRADE, "/trade/order/10001",
            Service.BALANCE, "/balance",
            Service.MARKET, "/market/prices");

    private final TradingSystem system;
    private final Trading trading;

    CrossOriginIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /** Sends valid bodies in each way that needs no CORS preflight. */
    @Test
    void pageOfAnotherOriginNeitherTradesNorSettles() throws Exception {
        String order = Trading.order("BUY", "0", "2320", 10).toString();
        String settlement = ("{'tradeNo':%d,'contractDate':20200607,'contractTime':'11:25:03','stockCode':'A002',"
                        + "'tradeType':'SELL','orderType':'0','contractPrice':100,'contractQuantity':1,'fee':0,'tax':0,"
                        + "'contractValue':100,'settlementAmount':100,'updateTime':'2020-06-07T11:25:04+09:00'}")
                .formatted(HttpRequests.FIRST_TRADE_NO - 1)
                .replace('\'', '"');
        long before = effects();

        try (ForeignPage foreign = new ForeignPage();
                Browser browser = Browser.start();
                Page page = browser.chromium().newPage()) {
            page.navigate(foreign.address());
            for (String way : ForeignPage.WAYS) {
                assertThat(foreign.send(page, way, system.server(Service.TRADE), "/trade/order", order))
                        .as(way)
                        .isEqualTo(403);
                assertThat(foreign.send(page, way, system.server(Service.BALANCE), "/balance", settlement))
                        .as(way)
                        .isEqualTo(403);
                assertThat(foreign.send(page, way, system.server(Service.MARKET), "/market/prices", ""))
                        .as(way)
                        .isEqualTo(403);
            }
        }

        assertThat(effects()).isEqualTo(before);
    }

    private long effects() {
        return trading.rows() + trading.number("StockBalance", "SELECT COUNT(*) FROM stock_moves");
    }

    /** The body {@code {}} gets a 400 if the request passes the origin check. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "POST | Origin | http://evil.example | 403",
                "POST | Origin | null | 403",
                "POST | Origin | http://127.0.0.1:1 | 403",
                "POST | Origin | https://127.0.0.1:PORT | 403",
                "PUT | Origin | http://evil.example | 403",
                "PATCH | Origin | http://evil.example | 403",
                "DELETE | Origin | http://evil.example | 403",
                "POST | Sec-Fetch-Site | cross-site | 403",
                "POST | Sec-Fetch-Site | same-site | 403",
                "POST | Sec-Fetch-Site | same-origin | 400",
                "POST | Sec-Fetch-Site | none | 400",
                "POST | Origin | http://127.0.0.1:PORT | 400",
                "POST | User-Agent | python-requests/2.31 | 400"
            },
            delimiter = '|')
    void onlyOwnPagesAndNonBrowsersCanChangeAnything(String method, String header, String value, int status) {
        int port = system.server(Service.BALANCE).uri().getPort();
        Trading.Answer answer = trading.send(trading.request(Service.BALANCE, "/balance")
                .header(header, value.replace("PORT", Integer.toString(port)))
                .method(method, HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
    }

    /** The load balancer terminates TLS and forwards the protocol. */
    @Test
    void ownOriginIsTheAddressOfTheLoadBalancer() {
        String authority = system.server(Service.BALANCE).uri().getAuthority();
        HttpRequest.Builder request = trading.request(Service.BALANCE, "/balance")
                .header("X-Forwarded-Proto", "https")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));

        assertThat(trading.send(request.copy().header("Origin", "https://" + authority))
                        .status())
                .isEqualTo(400);
        assertThat(trading.send(request.copy().header("Origin", "http://" + authority))
                        .status())
                .isEqualTo(403);
    }

    /** DNS rebinding: an attacker's host name resolves to this machine, so a foreign page has the origin of the service. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void nothingIsReadableUnderAForeignHostName(Service service) {
        int port = system.server(service).uri().getPort();

        assertThat(Stream.of("/", READABLE.get(service), "/nothing")
                        .map(path -> get(path, "evil.example:" + port).send(port)))
                .allMatch(answer -> answer.status() == 403 && answer.isProblem(false));
        assertThat(Stream.of("localhost", "localhost:" + port, "[::1]", "127.0.0.1:" + port)
                        .map(host -> get(READABLE.get(service), host).send(port).status()))
                .containsOnly(200);
        assertThat(get("/health/ready", "evil.example").send(port).status()).isEqualTo(200);
    }

    private static HttpCall get(String path, String host) {
        return new HttpCall("GET", path, "", List.of("Host: " + host), null);
    }

    /** Otherwise a cache could return the response for one origin to another. */
    @ParameterizedTest
    @CsvSource({
        "GET,/,200",
        "GET,/trade/order/10001,200",
        "GET,/trade/order?limit=x,400",
        "GET,/trade/order/99,404",
        "GET,/trade/nothing,404",
        "GET,/nothing,404",
        "GET,/x%5cy,400",
        "PUT,/,405",
        "PATCH,/trade/order,405",
        "POST,/trade/order,400",
        "POST,/trade/order?trial=text,415"
    })
    void everyResponseVariesByOrigin(String method, String path, int status) {
        for (String origin : List.of(system.server(Service.TRADE).uri().toString(), "")) {
            HttpRequest.Builder request =
                    trading.request(Service.TRADE, path).method(method, HttpRequest.BodyPublishers.ofString("{}"));
            if (status == 415) {
                request.header("Content-Type", "text/plain");
            }
            if (!origin.isEmpty()) {
                request.header("Origin", origin);
            }
            Trading.Answer answer = trading.send(request);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers().get("vary")).anyMatch(vary -> vary.contains("Origin"));
            assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
        }
    }
}
