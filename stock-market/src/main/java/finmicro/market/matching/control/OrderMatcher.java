package finmicro.market.matching.control;

import finmicro.market.matching.entity.OrderMessage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides whether an order fills. The random generator is seeded with the trade number, so that a redelivered order gets the
 * same decision without stored state. {@code java.util.Random} is not suitable: adjacent seeds give it equal first values.
 */
public final class OrderMatcher {

    private static final int MAX_MOVE = 50;

    private OrderMatcher() {}

    /**
     * A market order fills at its price moved by -50 to +50 whole yen, never below 1; a limit order fills at its own
     * price with probability 1/2.
     *
     * @return the price of the fill in yen, or empty if there is no match
     */
    public static Optional<BigDecimal> match(OrderMessage order) {
        SplittableRandom random = new SplittableRandom(order.tradeNo());
        return switch (order.orderType()) {
            case MARKET -> Optional.of(moved(order.orderPrice(), random));
            case LIMIT -> random.nextBoolean() ? Optional.of(order.orderPrice()) : Optional.empty();
        };
    }

    private static BigDecimal moved(BigDecimal price, SplittableRandom random) {
        return price.add(BigDecimal.valueOf(random.nextInt(-MAX_MOVE, MAX_MOVE + 1)))
                .max(BigDecimal.ONE);
    }
}
