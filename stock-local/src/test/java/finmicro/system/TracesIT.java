package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

@ExtendWith(SharedSystem.class)
@Tag("edge")
class TracesIT {

    /** A filled order. The child spans of a parent are sorted by text, not by time. */
    private static final String FILLED = """
            stock-trade SERVER post /trade/order
              stock-trade CLIENT acceptunlocked stocktrade
              stock-trade INTERNAL relay order
                stock-trade CLIENT mark stocktrade
                stock-trade PRODUCER send stock-order-trades-que
                  stock-market CONSUMER process stock-order-trades-que
                    stock-market CLIENT delete stock-order-trades-que
                    stock-market PRODUCER send stock-contract-trades-que
                      stock-trade CONSUMER process stock-contract-trades-que
                        stock-trade CLIENT delete stock-contract-trades-que
                        stock-trade CLIENT handle stocktrade
                        stock-trade INTERNAL relay settle
                          stock-balance CLIENT book stockbalance
                          stock-trade CLIENT mark stocktrade
                          stock-trade CLIENT post
                      stock-trade INTERNAL receive stock-contract-trades-que
                  stock-market INTERNAL receive stock-order-trades-que
            """;

    /** An order without a fill: there is nothing to settle. */
    private static final String FAILED =
            FILLED.replaceAll("(?s) {12}stock-trade INTERNAL relay settle.*?CLIENT post\n", "");

    /** The request of a single settlement. The request of a batch belongs to no single trace. */
    private static final String REQUEST = "stock-balance SERVER post /balance/entries\n".indent(16);

    /** Span of an order that waits for the lock of its account. */
    private static final String WAITING = "  stock-trade CLIENT acceptwaiting stocktrade\n";

    private static final String DYNAMODB = "  stock-trade CLIENT dynamodb.updateitem\n";
    private static final String HIGHEST_NUMBER = "  stock-trade CLIENT highestnumber stocktrade\n";
    /** The transaction that records fills. */
    private static final String ATTEMPT = "handle stocktrade";

    private static final String CONTRACTS = "process " + EmbeddedQueues.CONTRACTS;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TradingSystem system;
    private final Trading trading;
    private final Traces traces;

    TracesIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
        this.traces = new Traces(system, trading);
    }

    /** Makes a freshly started stock-trade load the stock codes, so that no order under test does. */
    @BeforeEach
    void placeAnOrderBefore() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
    }

    @Test
    void tenOrdersAreTenTracesOfTheSameShape() {
        long market = system.server(Service.MARKET).pid();
        // Makes the orders reach stock-market together, in batches.
        Freezer.freeze(market);
        List<Long> orders;
        try {
            orders = IntStream.range(0, 10)
                    .mapToObj(i -> trading.place(Trading.order("BUY", "0", "100", 1)))
                    .toList();
        } finally {
            Freezer.thaw(market);
        }

        assertThat(orders).allSatisfy(this::assertFilled);
    }

    private void assertFilled(long tradeNo) {
        TraceTree trace = awaitOrder(tradeNo, FILLED);
        assertThat(trace.all())
                .filteredOn(span -> tag(span, "messaging.system").equals("aws_sqs"))
                .hasSize(8)
                .noneMatch(span -> tag(span, "messaging.message.id").isEmpty());
    }

    @Test
    void unfilledLimitOrderEndsAtStockTrade() {
        long failed = placeUntilFailed();

        awaitOrder(failed, FAILED);
    }

    private long placeUntilFailed() {
        for (int i = 0; i < 40; i++) {
            long tradeNo = trading.place(Trading.order("BUY", "1", "100", 1));
            if (trading.awaitDone(tradeNo).path("tradeStatus").asText().equals("2")) {
                return tradeNo;
            }
        }
        throw new AssertionError("40 limit orders were filled");
    }

    @Test
    void orderThatTakesABlockOfNumbersShowsTheCounterCall() {
        // The size of the next block grows with the order rate. A new task takes a block of fifty at its start.
        system.restart(Service.TRADE, Map.of());
        List<Long> block = IntStream.range(0, 51)
                .mapToObj(i -> trading.place(Trading.order("BUY", "0", "100", 1)))
                .toList();

        List<TraceTree> counterTraces = new ArrayList<>();
        await().atMost(SOON).untilAsserted(() -> {
            counterTraces.clear();
            counterTraces.addAll(traces.query("serviceName=stock-trade&spanName=dynamodb.updateitem"));
            counterTraces.removeIf(trace -> trace.all()
                    .noneMatch(span ->
                            block.contains(span.path("tags").path("trade.no").asLong())));
            assertThat(counterTraces).hasSize(1);
            assertThat(shape(counterTraces.get(0))).isEqualTo(FILLED);
        });
    }

    @Test
    void messageRetriedDuringAnOutageHasOneConsumerSpan() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        long tradeNo;
        try {
            tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            String sent = "SELECT COUNT(*) FROM outbox WHERE state = 'S' AND message_id = 'order-" + tradeNo + "'";
            await().until(() -> trading.number("StockTrade", sent) == 1);
            system.databaseGate().close();
        } finally {
            Freezer.thaw(market);
        }
        traces.awaitOrder(tradeNo, trace -> !trace.named(ATTEMPT).isEmpty());
        system.databaseGate().open();
        trading.awaitDone(tradeNo);

        TraceTree trace = traces.awaitOrder(
                tradeNo,
                found -> !found.named(CONTRACTS).isEmpty()
                        && found.text().contains("book stockbalance\n")
                        && !found.named("relay settle").isEmpty());
        assertThat(trace.named(CONTRACTS)).hasSize(1);
        JsonNode processing = trace.named(CONTRACTS).get(0);
        assertThat(processing.path("parentId").asText())
                .isEqualTo(trace.named("send " + EmbeddedQueues.CONTRACTS)
                        .get(0)
                        .path("id")
                        .asText());
        assertThat(tag(processing, "queue.message.receive_count")).isEqualTo("1");
        assertThat(isSuccessful(processing)).isTrue();
        assertThat(processing.path("annotations").toString()).contains("outage");
        assertThat(trace.named(ATTEMPT))
                .hasSizeGreaterThanOrEqualTo(2)
                .filteredOn(TracesIT::isSuccessful)
                .hasSize(1);
        assertThat(trace.named("relay settle")).hasSize(1);
    }

    @Test
    void traceOfTheCallerIsJoinedInW3cAndAwsFormat() {
        String caller = "0af7651916cd43dd8448eb211c80319c";
        long first = place("traceparent", "00-" + caller + "-b7ad6b7169203331-01");
        // A load balancer sends only the trace id.
        long second = place("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793");
        long third =
                place("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272794;Parent=53995c3f42cd8ad8;Sampled=1");

        assertThat(awaitOrder(first, FILLED).traceId()).isEqualTo(caller);
        assertThat(awaitOrder(second, FILLED).traceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        TraceTree full = awaitOrder(third, FILLED);
        assertThat(full.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272794");
        assertThat(full.named("post /trade/order").get(0).path("parentId").asText())
                .isEqualTo("53995c3f42cd8ad8");
    }

    /** A thread must not keep the trace of an earlier request. */
    @Test
    void requestWithoutATraceStartsANewOne() {
        for (int i = 0; i < 10; i++) {
            place("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272796");
        }
        Log log = new Log(system.server(Service.TRADE));
        List<Long> orders = IntStream.range(0, 20)
                .mapToObj(i -> trading.place(Trading.order("BUY", "0", "100", 1)))
                .toList();

        assertThat(orders.stream().map(tradeNo -> {
                    log.await("tradeNo=" + tradeNo + " traceId=");
                    return log.text().replaceFirst("(?s).* tradeNo=" + tradeNo + " traceId=([0-9a-f]+).*", "$1");
                }))
                .doesNotHaveDuplicates()
                .doesNotContain("5759e988bd862e3fe1be46a994272796");
    }

    private long place(String header, String value) {
        String order = Trading.order("BUY", "0", "100", 1).toString();
        Trading.Answer answer = trading.send(trading.request(Service.TRADE, "/trade/order")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(order)));
        assertThat(answer.status()).isEqualTo(201);
        return answer.tradeNo();
    }

    @Test
    void traceOfAnOlderProducerIsJoined() {
        String price = """
                {"stockCode":"A002","stockName":"Sample IT Company2",
                 "datePrice":[{"date":20200527,"timePrice":[{"time":"09:00","price":2650}]}]}""";
        system.stack()
                .sqs()
                .sendMessage(request -> request.queueUrl(trading.queueUrl(EmbeddedQueues.PRICES))
                        .messageBody(price)
                        .messageSystemAttributes(Map.of(
                                MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                                MessageSystemAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue(
                                                "Root=1-5759e988-bd862e3fe1be46a994272795;Parent=53995c3f42cd8ad8;Sampled=1")
                                        .build())));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                traces.byId("5759e988bd862e3fe1be46a994272795").text())
                        .isEqualTo("""
                        stock-items CONSUMER process stock-prices-que
                          stock-items CLIENT delete stock-prices-que
                          stock-items CLIENT handle stockitems
                        stock-items INTERNAL receive stock-prices-que
                        """));
    }

    @Test
    void requestedAndPeriodicPricesAreTraces() {
        String stored = """
                stock-market PRODUCER send stock-prices-que
                  stock-items CONSUMER process stock-prices-que
                    stock-items CLIENT delete stock-prices-que
                    stock-items CLIENT handle stockitems
                  stock-items INTERNAL receive stock-prices-que
                """;
        trading.post(Service.MARKET, "/market/prices", "");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(traces.query("spanName=post%20/market/prices"))
                        .extracting(TraceTree::text)
                        .contains("stock-market SERVER post /market/prices\n" + stored.indent(2)));
        await().atMost(Duration.ofSeconds(80))
                .untilAsserted(() -> assertThat(traces.query("spanName=price%20tick"))
                        .extracting(TraceTree::text)
                        .contains("stock-market SERVER price tick\n" + stored.indent(2)));
    }

    @Test
    void serviceMapShowsServicesAndQueues() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        trading.post(Service.MARKET, "/market/prices", "");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(traces.map())
                        .contains(
                                "client -> stock-trade",
                                "clock -> stock-market",
                                "stock-trade -> stock-order-trades-que",
                                "stock-order-trades-que -> stock-market",
                                "stock-market -> stock-contract-trades-que",
                                "stock-contract-trades-que -> stock-trade",
                                "stock-trade -> stock-balance",
                                "stock-market -> stock-prices-que",
                                "stock-prices-que -> stock-items",
                                "stock-trade -> mysql/stocktrade",
                                "stock-balance -> mysql/stockbalance",
                                "stock-items -> mysql/stockitems")
                        .doesNotContain("stock-trade -> stock-market"));
    }

    /**
     * Checks the root spans of all tests so far: a request, a price tick, or a message without a trace. The only exception is the
     * periodic refresh of the stock codes by stock-trade.
     */
    @Test
    void idlePollingIsNotTraced() {
        try (EventStream orders = EventStream.open(system.server(Service.TRADE), "/trade/events");
                EventStream balance = EventStream.open(system.server(Service.BALANCE), "/balance/events")) {
            long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            orders.awaitEvent("order", order -> order.path("tradeNo").asLong() == tradeNo);
            balance.awaitEvent("balance", now -> now.path("cashValue").asLong() > 0);
            trading.awaitDone(tradeNo);
        }

        List<TraceTree> all = traces.newest(1_000);

        assertThat(all).isNotEmpty();
        assertThat(all.stream().flatMap(TraceTree::all).filter(span -> !span.has("parentId")))
                .extracting(span ->
                        span.path("kind").asText() + " " + span.path("name").asText())
                .allMatch(begin -> begin.matches("SERVER [a-z]+ /(trade|stock|balance|market)/.*"
                        + "|SERVER price tick|CONSUMER process stock-.*-que|CLIENT get"));
    }

    /** Settlements that queue up behind a lock are posted as a batch. */
    @Test
    void batchedSettlementIsInTheTraceOfEachOrder() {
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        List<Long> orders;
        try {
            orders = IntStream.range(0, 6)
                    .mapToObj(i -> trading.place(Trading.order("BUY", "0", "100", 1)))
                    .toList();
        } finally {
            Freezer.thaw(market);
        }
        try (Trading.Lock lock = trading.lock("StockBalance", "SELECT * FROM cash_balances FOR UPDATE")) {
            String recorded = "SELECT COUNT(*) FROM contract_trades WHERE trade_no >= " + orders.get(0);
            await().until(() -> trading.number("StockTrade", recorded) == orders.size());
            lock.release();
        }

        assertThat(orders.stream().map(tradeNo -> awaitOrder(tradeNo, FILLED).text()))
                .anyMatch(text -> !text.contains(REQUEST));
    }

    /**
     * The trace without the spans that depend on timing: waiting for the account, taking a block of numbers, a single settlement.
     */
    private static String shape(TraceTree trace) {
        return trace.text()
                .replace(WAITING, "")
                .replace(DYNAMODB, "")
                .replace(HIGHEST_NUMBER, "")
                .replace(REQUEST, "");
    }

    /** Waits until the trace of the order has a shape, ignoring the spans that depend on timing. */
    private TraceTree awaitOrder(long tradeNo, String shape) {
        TraceTree[] last = new TraceTree[1];
        await("trace of " + tradeNo)
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    last[0] = traces.ofOrder(tradeNo);
                    assertThat(shape(last[0])).isEqualTo(shape);
                });
        return last[0];
    }

    private static boolean isSuccessful(JsonNode span) {
        return !span.path("tags").has("error");
    }

    private static String tag(JsonNode span, String name) {
        return span.path("tags").path(name).asText();
    }
}
