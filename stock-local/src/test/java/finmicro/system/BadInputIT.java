package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSystem.class)
class BadInputIT {

    private final TradingSystem system;
    private final Trading trading;

    BadInputIT(TradingSystem system) {
        this.system = system;
        trading = new Trading(system);
    }

    private static ObjectNode order() {
        return Trading.order("BUY", "1", "2320", 10);
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("/tradeType", order().put("tradeType", "HOLD")),
                Arguments.of("/tradeType", order().putNull("tradeType")),
                Arguments.of("/orderType", order().put("orderType", "2")),
                Arguments.of("/orderType", order().put("orderType", 1)),
                Arguments.of("/orderQuantity", order().put("orderQuantity", 0)),
                Arguments.of("/orderQuantity", order().put("orderQuantity", -5)),
                Arguments.of("/orderQuantity", order().put("orderQuantity", 10_000_001)),
                Arguments.of("/orderQuantity", order().put("orderQuantity", 1.5)),
                Arguments.of("/orderQuantity", order().put("orderQuantity", "10")),
                Arguments.of("/orderPrice", order().put("orderPrice", 0)),
                Arguments.of("/orderPrice", order().put("orderPrice", -1)),
                Arguments.of("/orderPrice", order().put("orderPrice", 10_000_001)),
                Arguments.of(
                        "/orderPrice", order().put("orderPrice", 30_000_000).put("orderQuantity", 1_000)),
                Arguments.of("/orderPrice", order().put("orderPrice", 2320.12345)),
                Arguments.of("/orderPrice", order().put("orderPrice", "2320")),
                Arguments.of("/orderDate", order().put("orderDate", 20200631)),
                Arguments.of("/orderDate", order().put("orderDate", "20200607")),
                Arguments.of("/orderTime", order().put("orderTime", "25:00:00")),
                Arguments.of("/orderTime", order().put("orderTime", "")),
                Arguments.of("/stockCode", order().put("stockCode", "Z999")),
                Arguments.of("/stockCode", order().put("stockCode", "A0021")),
                Arguments.of("/stockCode", order().put("stockCode", "")),
                Arguments.of("/stockCode", order().put("stockCode", 7)));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    @Tag("old-defect-4")
    @Tag("old-defect-5")
    @Tag("old-defect-6")
    @Tag("old-defect-11")
    @Tag("old-defect-12")
    void wrongFieldIsNamedAndNothingIsStored(String pointer, ObjectNode order) {
        long rows = trading.rows();

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", order);

        assertProblem(answer, 400);
        assertThat(answer.body().path("errors").findValuesAsText("pointer")).containsOnly(pointer);
        assertThat(trading.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "nope", "[]", "null", "{\"orderDate\":", "\"x\""})
    @Tag("old-defect-10")
    @Tag("old-defect-23")
    void bodyThatIsNoOrderIsRefusedAndNothingIsStored(String body) {
        long rows = trading.rows();
        long moves = moves();

        for (Service service : List.of(Service.TRADE, Service.BALANCE)) {
            Trading.Answer answer = trading.post(service, service == Service.TRADE ? "/trade/order" : "/balance", body);
            assertProblem(answer, 400);
            assertThat(answer.body().path("errors")).isNotEmpty();
        }
        assertThat(trading.rows()).isEqualTo(rows);
        assertThat(moves()).isEqualTo(moves);
    }

    private long moves() {
        return trading.number("StockBalance", "SELECT COUNT(*) FROM stock_moves");
    }

    @Test
    void errorsOfAnEmptyObjectNameEveryField() {
        assertThat(trading.post(Service.TRADE, "/trade/order", "{}")
                        .body()
                        .path("errors")
                        .findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/orderDate",
                        "/orderTime",
                        "/stockCode",
                        "/tradeType",
                        "/orderType",
                        "/orderPrice",
                        "/orderQuantity");
    }

    @Test
    void bodyOver64KibIsTooLarge() {
        String large = order().put("note", "x".repeat(64 * 1024)).toString();

        assertProblem(trading.post(Service.TRADE, "/trade/order", large), 413);
        assertProblem(
                trading.send(trading.request(Service.BALANCE, "/balance")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes())))),
                413);
    }

    @Test
    void bodyOfAnotherTypeIsRefused() {
        // The default of curl -d is the second one.
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
            Trading.Answer answer = trading.send(trading.request(Service.TRADE, "/trade/order")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(order().toString())));

            assertProblem(answer, 415);
            assertThat(answer.body().path("detail").asText()).contains("Content-Type: application/json");
        }
    }

    @Test
    void deleteIgnoresTheAcceptHeader() {
        for (String accepted : List.of("application/problem+json", "text/plain", "application/json")) {
            assertProblem(
                    trading.send(trading.request(Service.TRADE, "/trade/order/99")
                            .header("Accept", accepted)
                            .DELETE()),
                    404);
        }
    }

    /** No warning and no stack trace: a client could flood the log. */
    @ParameterizedTest
    @CsvSource({
        "GET,/x%5cy,400",
        "GET,/x%2ey,400",
        "GET,/x%2Fy,400",
        "GET,/trade/order/1%23,400",
        "GET,/nothing,404",
        "GET,/nothing.jsp,404",
        "GET,/screen,404",
        "GET,/screen/,404",
        "GET,/webjars,404",
        "GET,/trade/nothing,404",
        "PUT,/,405",
        "POST,/screen/main.js,405",
        "BREW,/,405",
        "OPTIONS,/,405"
    })
    void malformedRequestIsRefusedWithoutALogLine(String method, String path, int status) {
        Log log = new Log(system.server(Service.TRADE));

        Trading.Answer answer =
                trading.send(trading.request(Service.TRADE, path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertProblem(answer, status);
        assertThat(answer.header("location")).isEmpty();
        assertThat(answer.header("allow")).isEqualTo(status == 405 ? "GET, HEAD" : "");
        log.assertNoWarning();
    }

    /** These paths belong to the server's own applications, which the filters of the service do not cover. */
    @Test
    void unknownPathOutsideOfTheServiceIsNotLogged() {
        Log log = new Log(system.server(Service.TRADE));

        assertThat(trading.get(Service.TRADE, "/health/nothing").status()).isEqualTo(404);
        assertThat(trading.get(Service.TRADE, "/openapi/nothing").status()).isEqualTo(404);

        log.assertNoWarning();
    }

    @ParameterizedTest
    @CsvSource({
        "TRADE,/trade/order?status=7,status",
        "TRADE,/trade/order?limit=0,limit",
        "TRADE,/trade/order?limit=201,limit",
        "TRADE,/trade/order?limit=x,limit",
        "TRADE,/trade/order?cursor=x,cursor",
        "TRADE,/trade/order?stockCode=a,stockCode",
        "TRADE,/trade/order?side=buy,side",
        "TRADE,/trade/order?side=BUY%20OR%201=1,side",
        "TRADE,/trade/order?type=2,type",
        "TRADE,/trade/order?from=20200230,from",
        "TRADE,/trade/order?to=x,to",
        "TRADE,/trade/order?from=20200602&to=20200601,from",
        "ITEMS,/stock/attribute,stockCode",
        "ITEMS,/stock/attribute?stockCode=,stockCode",
        "ITEMS,/stock/attribute?stockCode=a,stockCode",
        "ITEMS,/stock/prices,stockCode",
        "ITEMS,/stock/prices?stockCode=A002&from=x,from",
        "ITEMS,/stock/prices?stockCode=A002&to=20200631,to",
        "ITEMS,/stock/prices?stockCode=A002&from=20200527&to=20200526,from"
    })
    void missingOrMalformedParameterIsNamed(Service service, String path, String parameter) {
        Trading.Answer answer = trading.get(service, path);

        assertProblem(answer, 400);
        assertThat(answer.body().path("errors").findValuesAsText("parameter")).containsExactly(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "TRADE,/trade/order/99",
        "TRADE,/trade/order/x",
        "TRADE,/trade/nothing",
        "TRADE,/nothing",
        "ITEMS,/stock/attribute?stockCode=Z999",
        "ITEMS,/stock/prices?stockCode=Z999",
        "BALANCE,/balance/nothing",
        "MARKET,/market/nothing"
    })
    @Tag("old-defect-25")
    void whatIsNotThereIsNotFound(Service service, String path) {
        assertProblem(trading.get(service, path), 404);
    }

    /**
     * A web server plug-in passes the identity of the client in these headers. There is no such web server, so they are ignored.
     */
    @Test
    void privateHeadersOfAWebServerPlugInAreIgnored() {
        Trading.Answer answer = trading.send(trading.request(Service.TRADE, "/trade/order/10001")
                .header("$WSSP", "nope")
                .header("$WSRA", "10.0.0.1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("tradeNo").asLong()).isEqualTo(10001);
    }

    @Test
    @Tag("old-defect-23")
    void balanceIsNotDeleted() {
        long cash = trading.cash();

        assertProblem(trading.send(trading.request(Service.BALANCE, "/balance").DELETE()), 405);

        assertThat(trading.cash()).isEqualTo(cash);
    }

    /** The trace id of the caller, because the server's own span starts only after JAX-RS has found the method. */
    @ParameterizedTest
    @CsvSource({
        "GET,/nothing,404",
        "GET,/trade/nothing,404",
        "GET,/trade/order?limit=%FF,400",
        "GET,/trade/order?limit=x,400",
        "GET,/trade/order/99,404",
        "PATCH,/trade/order,405",
        "POST,/trade/order,413"
    })
    void problemNamesTheTraceOfItsCaller(String method, String path, int status) {
        HttpRequest.BodyPublisher body =
                HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "x".repeat(65 * 1024) : "");
        HttpRequest.Builder request = trading.request(Service.TRADE, path).method(method, body);
        String trace = "5759e988bd862e3fe1be46a994272797";

        Trading.Answer w3c = trading.send(request.copy().header("traceparent", "00-" + trace + "-53995c3f42cd8ad8-01"));
        Trading.Answer aws =
                trading.send(request.copy().header("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272797"));

        assertProblem(w3c, status);
        assertThat(w3c.body().path("traceId").asText()).isEqualTo(trace);
        assertThat(aws.body().path("traceId").asText()).isEqualTo(trace);
    }

    @Test
    void problemWithoutATraceOfTheCallerNamesItsOwn() {
        assertThat(trading.get(Service.TRADE, "/trade/order/99")
                        .body()
                        .path("traceId")
                        .asText())
                .matches("[0-9a-f]{32}");
    }

    private static void assertProblem(Trading.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().toString()).doesNotContain("Exception").doesNotContain("finmicro.");
    }
}
