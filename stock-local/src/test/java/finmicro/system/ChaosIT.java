package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import finmicro.system.CustomerOrder.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Customers place orders for several accounts while faults are injected everywhere. Afterwards the books of each account must be
 * exact to the yen. With {@code -Pchaos} two tasks of stock-trade and of stock-market run; the second ones are never killed and
 * must not leak.
 */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
@Tag("long")
class ChaosIT {

    private static final Duration SETTLED = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Accounts that the customers use in addition to {@code main}. */
    private static final int ACCOUNTS = 7;

    private static final List<LibertyServer> SURVIVORS = new ArrayList<>();

    private final TradingSystem system;
    private final Trading trading;

    ChaosIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    static List<Long> seeds() {
        return Effort.seeds();
    }

    @BeforeAll
    static void startSecondTasks(TradingSystem system) {
        if (Effort.ofThisBuild() == Effort.LONG) {
            system.restore();
            SURVIVORS.add(system.startSecondTask(Service.TRADE));
            SURVIVORS.add(system.startSecondTask(Service.MARKET));
        }
    }

    @AfterAll
    static void stopSecondTasks() {
        SURVIVORS.forEach(LibertyServer::close);
        SURVIVORS.clear();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("old-defect-16")
    @Tag("old-defect-17")
    @Tag("old-defect-18")
    void nothingIsLostAndNothingIsDoneTwice(long seed) {
        Effort effort = Effort.ofThisBuild();
        EmbeddedQueues.QUEUES.forEach(trading::purgeDeadLetters); // leftovers of other tests
        AccountBooks books = FundedAccounts.open(trading, ACCOUNTS);
        Customers customers = new Customers(system, tradeTasks(), withMain(books), seed);
        FaultSchedule faults = new FaultSchedule(system, customers, seed, effort);
        LeakAudit leaks;
        try (customers) {
            faults.awaitOrders();
            leaks = LeakAudit.begin(system, SURVIVORS);
            faults.run(effort.chaos());
        }
        Instant over = Instant.now();
        awaitSettled();
        Duration settled = Duration.between(over, Instant.now());

        OrderAudit audit = OrderAudit.of(customers.orders(), trading);
        print(seed, customers, faults, audit, settled);
        assertThat(customers.accepted()).as("accepted").isGreaterThan(50);
        assertThat(customers.unexpected()).as("responses").isEmpty();
        assertThat(audit.lost()).as("lost").isEmpty();
        assertThat(audit.duplicated()).as("duplicated").isEmpty();
        assertThat(audit.altered()).as("altered").isEmpty();
        assertThat(audit.failedMarketOrders()).as("market orders not filled").isEmpty();
        // The market fills every other limit order. More than 5 standard deviations occur by chance in one run of a
        // million.
        assertThat(audit.limitOrderDeviation()).as("limit orders not filled").isLessThan(5);
        // A fault can leave one request of each customer without a response.
        assertThat(count(customers, Outcome.UNKNOWN))
                .as("unknown")
                .isLessThanOrEqualTo(Customers.NUMBER * faults.faults());
        assertThat(audit.refusedAndStored())
                .as("refused and stored")
                .isLessThanOrEqualTo(Customers.NUMBER * faults.faults());
        assertThat(settled).as(String.join("\n", faults.log())).isLessThan(SETTLED);
        assertBooksAreRight(books);
        assertQueuesAreEmpty();
        leaks.assertNothingLeaked();
    }

    private static List<String> withMain(AccountBooks books) {
        List<String> accounts = new ArrayList<>(books.ids());
        accounts.add("main");
        return accounts;
    }

    private List<LibertyServer> tradeTasks() {
        List<LibertyServer> tasks = new ArrayList<>(List.of(system.server(Service.TRADE)));
        SURVIVORS.stream().filter(task -> task.service() == Service.TRADE).forEach(tasks::add);
        return tasks;
    }

    private static void print(
            long seed, Customers customers, FaultSchedule faults, OrderAudit audit, Duration settled) {
        System.out.printf(
                "chaos seed=%d accepted=%d failed-requests=%d refused=%d unknown=%d refused-and-stored=%d faults=%d kills=%d"
                        + " lost=%d duplicated=%d altered=%d settled=%ds%n",
                seed,
                customers.accepted(),
                customers.failedRequests(),
                count(customers, Outcome.REFUSED),
                count(customers, Outcome.UNKNOWN),
                audit.refusedAndStored(),
                faults.faults(),
                faults.kills(),
                audit.lost().size(),
                audit.duplicated().size(),
                audit.altered().size(),
                settled.toSeconds());
    }

    private static long count(Customers customers, Outcome outcome) {
        return customers.orders().stream()
                .filter(order -> order.outcome() == outcome)
                .count();
    }

    /**
     * Waits until reservations of unfilled orders are released too. Returns in any case: unsettled orders are then counted as
     * lost, and the books are wrong.
     */
    private void awaitSettled() {
        Instant end = Instant.now().plus(SETTLED);
        await().atMost(SETTLED.plusSeconds(10))
                .until(() -> Instant.now().isAfter(end)
                        || trading.notDone().isEmpty()
                                && queued() == 0
                                && trading.audit().isExact());
    }

    private int queued() {
        return EmbeddedQueues.QUEUES.stream().mapToInt(trading::queued).sum();
    }

    /** To the yen, including orders without a response to their customers. */
    private void assertBooksAreRight(AccountBooks books) {
        assertThat(trading.notDone()).isEmpty();
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
        books.awaitAgreement(trading, SOON);
        LedgerAudit.assertIsExact(trading);
    }

    private void assertQueuesAreEmpty() {
        for (String queue : EmbeddedQueues.QUEUES) {
            assertThat(trading.queued(queue)).as(queue).isZero();
            assertThat(trading.queued(queue + "-dlq")).as(queue + "-dlq").isZero();
        }
    }
}
