package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.local.Service;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.microshed.testing.jaxrs.RESTClient;
import org.microshed.testing.jupiter.MicroShedTest;

@ExtendWith(SharedSystem.class)
@MicroShedTest
public class TradeFlowIT {

    @RESTClient
    public static OrdersApi orders;

    private final Trading trading;

    TradeFlowIT(TradingSystem system) {
        trading = new Trading(system);
    }

    @ParameterizedTest
    @CsvSource({"BUY,0", "SELL,0", "BUY,1", "SELL,1"})
    @Tag("old-defect-2")
    @Tag("old-defect-29")
    void orderOfEachKindGoesRoundAndTheBalanceIsRightToTheYen(String tradeType, String orderType) throws Exception {
        long cash = trading.cash();
        long quantity = trading.quantity("A002");

        Response response =
                orders.place(Trading.order(tradeType, orderType, "2320.7", 10).toString());

        assertThat(response.getStatus()).isEqualTo(201);
        JsonNode accepted = new ObjectMapper().readTree(response.readEntity(String.class));
        long tradeNo = accepted.at("/acceptanceResult/tradeNo").asLong();
        assertThat(response.getHeaderString("Location")).endsWith("/trade/order/" + tradeNo);
        assertThat(accepted.path("messageId").asText()).isNotBlank();
        assertThat(accepted.at("/acceptanceResult/tradeStatus").asText()).isEqualTo("0");
        assertThat(accepted.at("/acceptanceResult/estimatedValue").asLong())
                .isEqualTo(tradeType.equals("BUY") ? 23_207 + 1_100 : 23_207 - 1_100);

        JsonNode trade = trading.awaitDone(tradeNo);
        assertThat(new ObjectMapper().readTree(orders.order(tradeNo))).isEqualTo(trade);
        boolean filled = trade.path("tradeStatus").asText().equals("1");
        assertThat(filled || orderType.equals("1")).isTrue();
        long settlement = filled ? assertFill(trade.path("contract"), tradeType, orderType) : 0;
        assertThat(trade.has("contract")).isEqualTo(filled);
        assertThat(trading.cash()).isEqualTo(tradeType.equals("BUY") ? cash - settlement : cash + settlement);
        long shares = filled ? 10 : 0;
        assertThat(trading.quantity("A002")).isEqualTo(tradeType.equals("BUY") ? quantity + shares : quantity - shares);
    }

    private static long assertFill(JsonNode contract, String tradeType, String orderType) {
        BigDecimal price = contract.path("contractPrice").decimalValue();
        if (orderType.equals("1")) {
            assertThat(price).isEqualByComparingTo("2320.7");
        } else {
            assertThat(price).isBetween(new BigDecimal("2270.7"), new BigDecimal("2370.7"));
        }
        long amount =
                price.multiply(BigDecimal.TEN).setScale(0, RoundingMode.FLOOR).longValueExact();
        int sign = tradeType.equals("BUY") ? 1 : -1;
        assertThat(contract.path("contractValue").asLong()).isEqualTo(amount + sign * 1_000);
        assertThat(contract.path("settlementAmount").asLong()).isEqualTo(amount + sign * 1_100);
        return amount + sign * 1_100;
    }

    @Test
    @Tag("old-defect-3")
    void eachStockHasAHoldingOfItsOwn() {
        long before = trading.quantity("A001");
        long other = trading.quantity("A002");

        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 7).put("stockCode", "A001")));

        assertThat(trading.quantity("A001")).isEqualTo(before + 7);
        assertThat(trading.quantity("A002")).isEqualTo(other);
    }

    @Test
    void limitOrdersAreFilledOrFail() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 40 && seen.size() < 2; i++) {
            seen.add(trading.awaitDone(trading.place(Trading.order("BUY", "1", "100", 1)))
                    .path("tradeStatus")
                    .asText());
        }

        assertThat(seen).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void acceptedOrderIsSettledWithinTwoSeconds() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));

        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));

        await().atMost(Duration.ofSeconds(2)).until(() -> trading.moves(tradeNo) == 1);
    }

    @Test
    void tradesAreListedNewestFirstInPages() {
        long first = trading.place(Trading.order("BUY", "0", "100", 1));
        long second = trading.place(Trading.order("BUY", "0", "100", 1));
        assertThat(second).isGreaterThan(first);
        trading.awaitDone(first);
        trading.awaitDone(second);

        JsonNode page = trading.get(Service.TRADE, "/trade/order?status=1&stockCode=A002&limit=1&cursor=")
                .body();
        assertThat(page.at("/orders/0/tradeNo").asLong()).isEqualTo(second);
        JsonNode next = trading.get(
                        Service.TRADE,
                        "/trade/order?limit=1&cursor=" + page.path("nextCursor").asText())
                .body();
        assertThat(next.at("/orders/0/tradeNo").asLong()).isEqualTo(first);

        JsonNode open = trading.get(Service.TRADE, "/trade/order?status=0&limit=200&cursor=10003")
                .body();
        assertThat(open.path("orders").findValuesAsText("tradeNo")).containsExactly("10002", "10001");
        assertThat(open.has("nextCursor")).isFalse();
    }

    @Test
    void sampleTradesAreNotSentToTheMarket() {
        assertThat(trading.get(Service.TRADE, "/trade/order/10001")
                        .body()
                        .path("tradeStatus")
                        .asText())
                .isEqualTo("0");
        assertThat(trading.number("StockTrade", "SELECT COUNT(*) FROM outbox WHERE message_id = 'order-10001'"))
                .isZero();
    }

    @Test
    void publishedPriceIsAddedToTheHistory() {
        Trading.Answer published = trading.post(Service.MARKET, "/market/prices", "");
        assertThat(published.status()).isEqualTo(202);
        JsonNode day = published.body().at("/prices/0/datePrice/0");
        String date = day.path("date").asText();
        JsonNode minute = day.at("/timePrice/0");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode today = trading.get(Service.ITEMS, "/stock/prices?stockCode=A002&from=" + date + "&to=" + date)
                    .body();
            assertThat(today.at("/datePrice/0/timePrice")).contains(minute);
        });
        JsonNode samples = trading.get(Service.ITEMS, "/stock/prices?stockCode=A002&from=20200526&to=20200526")
                .body()
                .at("/datePrice/0");
        assertThat(samples.path("date").asInt()).isEqualTo(20200526);
        assertThat(samples.path("timePrice").findValuesAsText("price"))
                .containsExactly(
                        "2650", "2660", "2551", "2648", "2645", "2647", "2643", "2640", "2639", "2638", "2638", "2640",
                        "2643");
        assertThat(trading.get(Service.MARKET, "/market/prices").body().path("prices"))
                .isNotEmpty();
    }
}
