package finmicro.market.matching.control;

import finmicro.market.matching.entity.OrderMessage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides what becomes of an order. Its chance is seeded by the trade number, so that an order that is delivered again
 * gets the same decision, and the market needs no memory. {@code java.util.Random} would not do: neighbouring seeds give
 * it equal first draws.
 */
public final class OrderMatcher {

    private static final int MOVE = 50;

    private OrderMatcher() {}

    /**
     * A market order fills at its price moved by -50 to +50 whole yen, never below 1; a limit order fills at its own
     * price with probability 1/2.
     *
     * @return the price of the fill in yen, or empty where there is no match
     */
    public static Optional<BigDecimal> match(OrderMessage order) {
        SplittableRandom chance = new SplittableRandom(order.tradeNo());
        return switch (order.orderType()) {
            case MARKET -> Optional.of(moved(order.orderPrice(), chance));
            case LIMIT -> chance.nextBoolean() ? Optional.of(order.orderPrice()) : Optional.empty();
        };
    }

    private static BigDecimal moved(BigDecimal price, SplittableRandom chance) {
        return price.add(BigDecimal.valueOf(chance.nextInt(-MOVE, MOVE + 1))).max(BigDecimal.ONE);
    }
}
