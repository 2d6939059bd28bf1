package finmicro.market.matching;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.market.matching.control.OrderMatcher;
import finmicro.market.matching.entity.OrderMessage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrderMatcherTest {

    private static final int MANY = 101_000;

    private static OrderMessage order(long tradeNo, OrderType type, String price) {
        return new OrderMessage(
                tradeNo,
                LocalDate.of(2020, 6, 7),
                LocalTime.of(11, 25),
                "A002",
                TradeType.BUY,
                type,
                new BigDecimal(price),
                10);
    }

    @Test
    @Tag("old-defect-30")
    void marketOrderAlwaysFillsByEveryWholeYenMoveAlike() {
        Map<Integer, Long> moves = LongStream.range(10_012, 10_012 + MANY)
                .mapToObj(no -> OrderMatcher.match(order(no, OrderType.MARKET, "2320.5"))
                        .orElseThrow())
                .map(price -> price.subtract(new BigDecimal("2320.5")).intValueExact())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(moves.keySet()).hasSize(101).contains(-50, 0, 50).allMatch(move -> Math.abs(move) <= 50);
        // Each move is expected 1000 times, with a standard deviation of 31.5. The draws are the same in every run.
        assertThat(moves.values()).allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void limitOrderFillsAtItsLimitPriceHalfOfTheTime() {
        long fills = LongStream.range(10_012, 10_012 + MANY)
                .mapToObj(no -> OrderMatcher.match(order(no, OrderType.LIMIT, "2320")))
                .flatMap(Optional::stream)
                .peek(price -> assertThat(price).isEqualByComparingTo("2320"))
                .count();

        assertThat(fills).isBetween(MANY / 2 - 800L, MANY / 2 + 800L);
    }

    @Test
    void decisionsOfAdjacentTradeNumbersAreIndependent() {
        long changes = LongStream.range(10_012, 10_132)
                .filter(no ->
                        OrderMatcher.match(order(no, OrderType.LIMIT, "2320")).isPresent()
                                != OrderMatcher.match(order(no + 1, OrderType.LIMIT, "2320"))
                                        .isPresent())
                .count();

        assertThat(changes).isBetween(40L, 80L);
    }

    @Test
    void redeliveredOrderGetsTheSameDecision() {
        for (long no = 1; no <= 1_000; no++) {
            for (OrderType type : OrderType.values()) {
                assertThat(OrderMatcher.match(order(no, type, "2320")))
                        .isEqualTo(OrderMatcher.match(order(no, type, "2320")));
            }
        }
    }

    @Test
    void priceNeverFallsBelowOne() {
        assertThat(LongStream.range(1, 1_000)
                        .mapToObj(no -> OrderMatcher.match(order(no, OrderType.MARKET, "0.5"))
                                .orElseThrow()))
                .allMatch(price -> price.compareTo(BigDecimal.ONE) >= 0)
                .anyMatch(price -> price.compareTo(BigDecimal.ONE) == 0);
    }
}
