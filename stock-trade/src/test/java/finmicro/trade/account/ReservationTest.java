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
        // A limit order costs what it says, a market order up to 50 yen a share more.
        "BUY, LIMIT, 2320, 10, 24300, 0",
        "BUY, MARKET, 2320, 10, 24800, 0",
        "BUY, LIMIT, 2320.99, 10, 24309, 0",
        // The fee goes by the order's own amount, 249,900, whatever it fills at.
        "BUY, MARKET, 2499, 100, 256000, 0",
        "BUY, MARKET, 10000000, 10000000, 100000500011000, 0",
        "SELL, LIMIT, 2320, 10, 0, 10",
        "SELL, MARKET, 2320, 10, 0, 10",
        // 1,100 yen of fee and tax from proceeds of 900, of 400 at the worst, of one yen.
        "SELL, LIMIT, 90, 10, 200, 10",
        "SELL, MARKET, 90, 10, 700, 10",
        "SELL, MARKET, 30, 1, 1099, 1",
        "SELL, LIMIT, 0.5, 1, 1100, 1"
    })
    void reservationIsTheMostThatTheOrderCanCost(
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
