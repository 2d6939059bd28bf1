package finmicro.load;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The simulation that sends the orders. Gatling instantiates it, so {@link #prepare} must be called before. */
public final class Orders extends Simulation {

    private static final String START = "start";

    private static Plan plan;
    private static Responses responses;
    private static List<byte[]> bodies;

    /** For Gatling. */
    public Orders() {
        var order = exec(session -> session.set(START, responses.now()))
                .exec(http("order")
                        .post("/trade/order")
                        .body(ByteArrayBody(session ->
                                bodies.get(ThreadLocalRandom.current().nextInt(bodies.size()))))
                        .check(status().is(201)))
                .exec(session -> {
                    responses.add(session.getLong(START), !session.isFailed());
                    return session.markAsSucceeded();
                });
        var load = plan.isOpen()
                ? scenario("open")
                        .exec(order)
                        .injectOpen(plan.rates().stream()
                                .map(rate -> constantUsersPerSec(rate).during(plan.time()))
                                .toArray(OpenInjectionStep[]::new))
                // false: the response to a user's last order is counted, too
                : scenario("closed")
                        .exec(during(plan.time(), false).on(order))
                        .injectOpen(atOnceUsers(plan.connections()));
        setUp(load).protocols(protocol());
    }

    static HttpProtocolBuilder protocol() {
        return http.baseUrl(plan.url().toString())
                .contentTypeHeader("application/json")
                .disableCaching()
                .disableFollowRedirect()
                .disableAutoReferer()
                .disableAutoOrigin()
                .shareConnections();
    }

    static void prepare(Plan next, Responses empty) {
        plan = next;
        responses = empty;
        bodies = bodies(next.accounts());
    }

    /** New accounts only buy, because they have cash but no shares. */
    private static List<byte[]> bodies(int accounts) {
        var stocks = List.of("A001", "A002");
        return accounts == 0
                ? stocks.stream()
                        .flatMap(stock -> Stream.of("BUY", "SELL").map(side -> body(stock, side, "")))
                        .toList()
                : IntStream.range(0, accounts)
                        .mapToObj(i -> body(stocks.get(i % 2), "BUY", "\"account\":\"load-" + i + "\","))
                        .toList();
    }

    private static byte[] body(String stock, String side, String account) {
        var json = """
                {%s"orderDate":20200607,"orderTime":"11:25:00","stockCode":"%s","tradeType":"%s",\
                "orderType":"0","orderPrice":2320,"orderQuantity":10}""";
        return json.formatted(account, stock, side).getBytes(StandardCharsets.UTF_8);
    }
}
