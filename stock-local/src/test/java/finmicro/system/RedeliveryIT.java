package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class RedeliveryIT {

    private final Trading trading;

    RedeliveryIT(TradingSystem system) {
        trading = new Trading(system);
    }

    private static String fill(long tradeNo, String price) {
        return """
                {"tradeNo":%d,"orderStatus":true,"contractDate":20200607,"contractTime":"11:25:03",
                 "stockCode":"A002","tradeType":"BUY","orderType":"0","contractPrice":%s,"contractQuantity":10}""".formatted(tradeNo, price);
    }

    private void awaitDrained(String queue) {
        await().until(() -> trading.queued(queue) == 0);
    }

    @Test
    @Tag("old-defect-7")
    void redeliveredContractSettlesOnceAndTheFirstOfTwoCounts() {
        long tradeNo = trading.place(Trading.order("BUY", "0", "2320", 10));
        JsonNode first = trading.awaitDone(tradeNo);
        long cash = trading.cash();

        trading.sendToQueue(
                EmbeddedQueues.CONTRACTS,
                fill(tradeNo, "2320"),
                fill(tradeNo, "1"),
                fill(tradeNo, "1"),
                Trading.envelope(fill(tradeNo, "2")));
        awaitDrained(EmbeddedQueues.CONTRACTS);

        assertThat(trading.get(Service.TRADE, "/trade/order/" + tradeNo).body()).isEqualTo(first);
        assertThat(trading.moves(tradeNo)).isEqualTo(1);
        assertThat(trading.cash()).isEqualTo(cash);
    }

    @Test
    @Tag("old-defect-8")
    void redeliveredOrderGetsTheSameContractAndSettlesOnce() {
        ObjectNode order = Trading.order("BUY", "0", "2320", 10);
        long tradeNo = trading.place(order);
        JsonNode first = trading.awaitDone(tradeNo);
        long cash = trading.cash();

        String message = order.put("tradeNo", tradeNo).toString();
        trading.sendToQueue(EmbeddedQueues.ORDERS, message, message, Trading.envelope(message));
        awaitDrained(EmbeddedQueues.ORDERS);
        awaitDrained(EmbeddedQueues.CONTRACTS);

        assertThat(trading.get(Service.TRADE, "/trade/order/" + tradeNo).body()).isEqualTo(first);
        assertThat(trading.moves(tradeNo)).isEqualTo(1);
        assertThat(trading.cash()).isEqualTo(cash);
    }

    @Test
    void repeatedSettlementGetsTheSameResponse() {
        long tradeNo = trading.place(Trading.order("BUY", "0", "2320", 10));
        String settlement = trading.awaitDone(tradeNo).path("contract").toString();
        Trading.Answer second = trading.post(Service.BALANCE, "/balance", settlement);
        assertThat(second.status()).isEqualTo(200);
        trading.awaitDone(trading.place(Trading.order("SELL", "0", "500", 3)));
        JsonNode balance = trading.balance();

        Trading.Answer third = trading.post(Service.BALANCE, "/balance", settlement);

        assertThat(third.body()).isEqualTo(second.body());
        assertThat(trading.balance()).isEqualTo(balance);
    }

    @Test
    void noMatchAfterAFillChangesNothing() {
        long tradeNo = trading.place(Trading.order("BUY", "0", "2320", 10));
        JsonNode first = trading.awaitDone(tradeNo);

        trading.sendToQueue(
                EmbeddedQueues.CONTRACTS,
                fill(tradeNo, "-99999999")
                        .replace("true", "false")
                        .replace("\"contractQuantity\":10", "\"contractQuantity\":0"));
        awaitDrained(EmbeddedQueues.CONTRACTS);

        assertThat(trading.get(Service.TRADE, "/trade/order/" + tradeNo).body()).isEqualTo(first);
    }
}
