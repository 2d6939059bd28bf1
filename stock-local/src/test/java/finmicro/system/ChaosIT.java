package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Customers order while everything breaks; afterwards the books must be right, to the yen. */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
class ChaosIT {

    private static final Duration SETTLED = Duration.ofSeconds(120);

    private final TradingSystem system;
    private final Trading trading;

    ChaosIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    static List<Long> seeds() {
        return Effort.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("old-defect-16")
    @Tag("old-defect-17")
    @Tag("old-defect-18")
    void nothingIsLostAndNothingIsDoneTwice(long seed) {
        Effort effort = Effort.ofThisBuild();
        EmbeddedQueues.QUEUES.forEach(trading::purgeDead); // what another test may have left
        Customers customers = new Customers(system, seed);
        Mishaps mishaps = new Mishaps(system, customers, seed, effort.freeze());
        try (customers) {
            mishaps.happen(effort.chaos());
        }
        Instant over = Instant.now();
        awaitSettled();
        Duration settled = Duration.between(over, Instant.now());

        Set<Long> lost = lost(customers);
        List<String> doubled = doubled(customers);
        System.out.printf(
                "chaos seed=%d accepted=%d refused=%d kills=%d lost=%d doubled=%d settled=%ds%n",
                seed,
                customers.accepted().size(),
                customers.refused(),
                mishaps.kills(),
                lost.size(),
                doubled.size(),
                settled.toSeconds());
        assertThat(customers.accepted()).as("accepted").hasSizeGreaterThan(50);
        assertThat(lost).as("lost").isEmpty();
        assertThat(doubled).as("doubled").isEmpty();
        assertThat(settled).as(String.join("\n", mishaps.story())).isLessThan(SETTLED);
        assertBooksAreRight();
        assertQueuesAreEmpty();
    }

    /**
     * Until what came to nothing is released, too. Returns in any case: what is not settled by then is counted as lost, and the
     * books are wrong.
     */
    private void awaitSettled() {
        Instant end = Instant.now().plus(SETTLED);
        await().atMost(SETTLED.plusSeconds(10))
                .until(() -> Instant.now().isAfter(end)
                        || trading.undone().isEmpty()
                                && queued() == 0
                                && trading.audit().isExact());
    }

    private int queued() {
        return EmbeddedQueues.QUEUES.stream().mapToInt(trading::queued).sum();
    }

    /** Orders that were answered 201 and are not done, or not there. */
    private Set<Long> lost(Customers customers) {
        Set<Long> lost = new HashSet<>(customers.accepted().keySet());
        lost.removeAll(numbers("SELECT trade_no FROM StockTrade.trades"));
        trading.undone().stream()
                .map(Long::valueOf)
                .filter(customers.accepted()::containsKey)
                .forEach(lost::add);
        return lost;
    }

    /** Orders under one key that became two trades, and trade numbers that two orders got. */
    private List<String> doubled(Customers customers) {
        List<String> twice = trading.texts("SELECT FLOOR(order_price) FROM StockTrade.trades"
                + " GROUP BY order_price HAVING COUNT(*) > 1 AND order_price > 3000000");
        List<String> doubled = twice.stream()
                .filter(price -> customers.keyed().contains(Long.valueOf(price)))
                .collect(Collectors.toList());
        customers.confused().forEach(tradeNo -> doubled.add("trade " + tradeNo));
        return doubled;
    }

    private Set<Long> numbers(String query) {
        return trading.texts(query).stream().map(Long::valueOf).collect(Collectors.toSet());
    }

    /** To the yen, also for the orders whose customers never had an answer. */
    private void assertBooksAreRight() {
        assertThat(trading.undone()).isEmpty();
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
    }

    private void assertQueuesAreEmpty() {
        for (String queue : EmbeddedQueues.QUEUES) {
            assertThat(trading.queued(queue)).as(queue).isZero();
            assertThat(trading.queued(queue + "-dlq")).as(queue + "-dlq").isZero();
        }
    }
}
