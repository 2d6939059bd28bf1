package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class PoisonIT {

    /** Ten receives, each a second later than the one before it. */
    private static final Duration TEN_RECEIVES = Duration.ofSeconds(120);

    private final TradingSystem system;
    private final Trading trading;

    PoisonIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void poisonOnEveryQueueEndsInItsDeadLetterQueueAndHoldsUpNothing() throws IOException {
        long told = rejections(Service.TRADE);
        String unknownTrade = """
                {"tradeNo":9,"orderStatus":true,"contractDate":20200607,"contractTime":"11:25:03","stockCode":"A002",
                 "tradeType":"BUY","orderType":"0","contractPrice":2320,"contractQuantity":10}""";
        String contradiction =
                unknownTrade.replace("\"tradeNo\":9", "\"tradeNo\":10002").replace("BUY", "SELL");
        String tooMany = unknownTrade
                .replace("\"tradeNo\":9", "\"tradeNo\":10002")
                .replace("\"contractQuantity\":10", "\"contractQuantity\":71");
        List<String> prices = List.of("nope", "{\"stockCode\":\"A002\"}");
        List<String> orders = List.of("{}", "{\"tradeNo\":1}", "[]");
        List<String> contracts = List.of("nope", unknownTrade, contradiction, tooMany);

        trading.sendToQueue(EmbeddedQueues.PRICES, prices.toArray(String[]::new));
        trading.sendToQueue(EmbeddedQueues.ORDERS, orders.toArray(String[]::new));
        trading.sendToQueue(EmbeddedQueues.CONTRACTS, contracts.toArray(String[]::new));
        List<Long> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add(trading.place(Trading.order("BUY", "0", "100", 1)));
        }

        good.forEach(trading::awaitDone);
        assertDead(EmbeddedQueues.PRICES, prices);
        assertDead(EmbeddedQueues.ORDERS, orders);
        assertDead(EmbeddedQueues.CONTRACTS, contracts);
        assertThat(trading.moves(9) + trading.moves(10002)).isZero();
        assertThat(trading.get(Service.TRADE, "/trade/order/10002")
                        .body()
                        .path("tradeStatus")
                        .asText())
                .isEqualTo("0");
        assertThat(rejections(Service.TRADE)).isEqualTo(told + contracts.size());
    }

    private void assertDead(String queue, List<String> bodies) {
        List<String> dead = new ArrayList<>();
        await().atMost(TEN_RECEIVES).untilAsserted(() -> {
            dead.addAll(trading.takeDead(queue));
            assertThat(dead).containsExactlyInAnyOrderElementsOf(bodies);
        });
        assertThat(trading.queued(queue)).isZero();
    }

    /** Each poison message is told once, with its message id. */
    private long rejections(Service service) throws IOException {
        try (var lines = Files.lines(system.server(service).log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("message.rejected") && line.contains("messageId="))
                    .count();
        }
    }
}
