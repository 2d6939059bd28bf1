package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import finmicro.client.ApiClient;
import finmicro.client.ApiException;
import finmicro.client.trade.OrdersApi;
import finmicro.client.trade.model.Order;
import finmicro.client.trade.model.OrderRequest;
import finmicro.client.trade.model.OrderType;
import finmicro.client.trade.model.TradeStatus;
import finmicro.client.trade.model.TradeType;
import finmicro.local.Service;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uses the client that OpenAPI Generator generates from stock-trade/openapi.yaml in the module stock-local/client. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class GeneratedClientIT {

    private final Trading trading;
    private final OrdersApi orders;

    GeneratedClientIT(TradingSystem system) {
        trading = new Trading(system);
        ApiClient client = new ApiClient();
        client.updateBaseUri(system.server(Service.TRADE).uri().toString());
        orders = new OrdersApi(client);
    }

    private static OrderRequest order() {
        return new OrderRequest()
                .orderDate(20200607)
                .orderTime("11:25:00")
                .stockCode("A002")
                .tradeType(TradeType.BUY)
                .orderType(OrderType.MARKET)
                .orderPrice(new BigDecimal("100.5"))
                .orderQuantity(1L);
    }

    @Test
    void orderIsPlacedAndReadBack() throws ApiException {
        String key = UUID.randomUUID().toString();
        long tradeNo = orders.placeOrder(order(), key).getAcceptanceResult().getTradeNo();
        trading.awaitDone(tradeNo);

        Order done = orders.getOrder(tradeNo, null);

        assertThat(orders.placeOrder(order(), key).getAcceptanceResult().getTradeNo())
                .isEqualTo(tradeNo);
        assertThat(done.getTradeStatus()).isEqualTo(TradeStatus.CONTRACTED);
        assertThat(done.getOrderPrice()).isEqualByComparingTo("100.5");
        assertThat(done.getContract().getContractQuantity()).isEqualTo(1);
        assertThat(orders.listOrders(null, tradeNo + 1, 20200607, 1, null, "1", "A002", null, "0")
                        .getOrders())
                .extracting(Order::getTradeNo)
                .containsExactly(tradeNo);
    }

    @Test
    void refusalIsAProblem() {
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> orders.placeOrder(order().orderQuantity(0L), null));

        assertThat(refusal.getCode()).isEqualTo(400);
        assertThat(refusal.getResponseBody()).contains("urn:fin-micro:problem:invalid-input", "/orderQuantity");
    }
}
