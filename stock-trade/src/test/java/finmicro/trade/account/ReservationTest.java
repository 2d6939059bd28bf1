package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.entity.Reservation;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationTest {

    @ParameterizedTest
    @CsvSource({
        // A limit order costs its price, a market order up to 50 yen more per share.
        "BUY, LIMIT, 2320, 10, 24300, 0",
        "BUY, MARKET, 2320, 10, 24800, 0",
        "BUY, LIMIT, 2320.99, 10, 24309, 0",
        // The fee depends on the amount of the order, 249,900, not on the fill price.
        "BUY, MARKET, 2499, 100, 256000, 0",
        "BUY, MARKET, 10000000, 10000000, 100000500011000, 0",
        "SELL, LIMIT, 2320, 10, 0, 10",
        "SELL, MARKET, 2320, 10, 0, 10",
        // 1,100 yen of fee and tax exceed proceeds of 900 yen, 400 in the worst case, and one yen.
        "SELL, LIMIT, 90, 10, 200, 10",
        "SELL, MARKET, 90, 10, 700, 10",
        "SELL, MARKET, 30, 1, 1099, 1",
        "SELL, LIMIT, 0.5, 1, 1100, 1"
    })
    void reservationIsTheMaximumCostOfTheOrder(
            TradeType side, OrderType type, BigDecimal price, long quantity, long cash, long shares) {
        Trade trade = new Trade(
                10012,
                "alice",
                new OrderRequest(
                        LocalDate.of(2020, 6, 7), LocalTime.of(11, 25), "A002", side, type, price, quantity, null),
                Instant.EPOCH);

        assertThat(trade.need()).isEqualTo(new Reservation("A002", cash, shares));
        assertThat(trade.reservation()).isEmpty();
    }
}
