package finmicro.trade.order;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Contract;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillTest {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2020-06-07T15:25:04+09:00");

    /** Most fills are in another fee tier than their order, or have another quantity: the charges are still those of the order. */
    @ParameterizedTest
    @CsvSource({
        // side, order price, quantity, fill price, quantity, fee, tax, contract value, settlement amount
        "BUY,  2499, 100, 2549, 100, 1000, 100, 255900, 256000",
        "SELL, 2499, 100, 2549, 100, 1000, 100, 253900, 253800",
        "BUY,  2500, 100, 2450, 100, 5000, 500, 250000, 250500",
        "SELL, 2500, 100, 2450, 100, 5000, 500, 240000, 239500",
        "BUY,  4999, 100, 5049, 100, 5000, 500, 509900, 510400",
        "SELL, 5000, 100, 4950, 100, 10000, 1000, 485000, 484000",
        "BUY,  2500, 100, 2500, 10, 5000, 500, 30000, 30500",
        "BUY,  2320.5, 3, 2320.6666, 3, 1000, 100, 7961, 8061",
        "SELL, 2320.5, 3, 2320.6666, 3, 1000, 100, 5961, 5861",
        "SELL, 1, 1, 1, 1, 1000, 100, -999, -1099"
    })
    void chargesAreThoseOfTheOrderAndTheAmountIsThatOfTheFill(
            TradeType side,
            BigDecimal orderPrice,
            long orderQuantity,
            BigDecimal price,
            long quantity,
            long fee,
            long tax,
            long contractValue,
            long settlementAmount) {
        Trade trade = new Trade(
                10012,
                "alice",
                new OrderRequest(
                        LocalDate.of(2020, 6, 7),
                        LocalTime.of(15, 25),
                        "A002",
                        side,
                        OrderType.MARKET,
                        orderPrice,
                        orderQuantity,
                        null),
                AT.toInstant());

        Fill fill = new Fill(
                trade,
                new ContractMessage(10012, true, 20200607, "15:25:03", "A002", side, OrderType.MARKET, price, quantity),
                AT);

        assertThat(fill.settlementAmount()).isEqualTo(settlementAmount);
        assertThat(fill.quantity()).isEqualTo(quantity);
        assertThat(fill.tradeNo()).isEqualTo(10012);
        Contract contract = fill.contract("alice");

        assertThat(contract.fee()).isEqualTo(fee);
        assertThat(contract.tax()).isEqualTo(tax);
        assertThat(contract.contractValue()).isEqualTo(contractValue);
        assertThat(contract.settlementAmount()).isEqualTo(settlementAmount);
        assertThat(contract.account()).isEqualTo("alice");
        assertThat(contract.contractTime()).isEqualTo(LocalTime.of(15, 25, 3));
    }
}
