package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many clients use many accounts while both services that keep accounts are killed. Afterwards the holdings of each account must
 * be exact in both.
 */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
@Tag("long")
class AccountsIT {

    private static final int ACCOUNTS = 50;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofSeconds(120);

    /**
     * Counts accounts with negative buying power. External bookings may cause that, so the accounts that have any are left out.
     */
    private static final String OVERDRAWN = "SELECT (SELECT COUNT(*) FROM accounts WHERE cash < reserved_cash"
            + " AND account IN ('%1$s')) + (SELECT COUNT(*) FROM positions WHERE quantity < reserved_quantity"
            + " AND account IN ('%1$s'))";

    private final TradingSystem system;
    private final Trading trading;

    AccountsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    static List<Long> seeds() {
        return Effort.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAccountIsExactInBothServices(long seed) throws Exception {
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        List<String> accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> "books-" + run + "-" + i)
                .toList();
        List<String> bookedExternally = accounts.subList(0, ACCOUNTS / 5);
        AccountBooks books = new AccountBooks(accounts);
        AtomicLong overdrawn = new AtomicLong();
        ScheduledExecutorService overdraftCheck = overdraftCheck(accounts.subList(ACCOUNTS / 5, ACCOUNTS), overdrawn);
        AccountClients clients = new AccountClients(trading, books, bookedExternally, seed);
        try {
            killServices(clients);
        } finally {
            clients.stop();
            overdraftCheck.shutdownNow();
        }
        expireClaims();

        List<StoredOrder> orders = books.awaitAgreement(trading, SETTLED);
        print(seed, clients, orders);
        assertThat(overdrawn).as("overdrawn").hasValue(0);
        assertThat(orders).extracting(StoredOrder::order).containsExactlyInAnyOrderElementsOf(clients.placed());
        assertAreCancelled(clients.cancelled(), orders);
        LedgerAudit.assertIsExact(trading);
        Reconciliations reconciliations = new Reconciliations(trading, accounts);
        reconciliations.backdate();
        assertThat(reconciliations.reconcileAll()).isEmpty();
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
    }

    private ScheduledExecutorService overdraftCheck(Collection<String> accounts, AtomicLong overdrawn) {
        String query = OVERDRAWN.formatted(String.join("', '", accounts));
        ScheduledExecutorService overdraftCheck = Executors.newSingleThreadScheduledExecutor();
        overdraftCheck.scheduleWithFixedDelay(
                () -> overdrawn.addAndGet(trading.number("StockTrade", query)), 0, 100, TimeUnit.MILLISECONDS);
        return overdraftCheck;
    }

    /** Kills each service alone first, while the other one keeps running. */
    private void killServices(AccountClients clients) {
        Instant end = Instant.now().plus(Effort.ofThisBuild().accounts());
        boolean more = true;
        while (more) {
            awaitActions(clients);
            killAndStart(Service.BALANCE);
            awaitActions(clients);
            killAndStart(Service.TRADE);
            awaitReady();
            if (Effort.ofThisBuild() == Effort.LONG) {
                awaitActions(clients);
                killAndStart(Service.TRADE);
                killAndStart(Service.BALANCE);
                awaitReady();
            }
            more = Instant.now().isBefore(end);
        }
        awaitActions(clients);
    }

    private static void awaitActions(AccountClients clients) {
        int before = clients.done();
        await().atMost(START).until(() -> clients.done() >= before + 3 * AccountClients.NUMBER);
    }

    private void killAndStart(Service service) {
        LibertyServer server = system.server(service);
        server.kill();
        server.startAgain(Map.of());
    }

    private void awaitReady() {
        system.server(Service.TRADE).awaitReady(START);
        system.server(Service.BALANCE).awaitReady(START);
    }

    /** Expires the claims of the killed task at once. */
    private void expireClaims() {
        trading.change("StockTrade", "UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) WHERE state = 'W'");
    }

    private static void assertAreCancelled(Collection<PlacedOrder> cancelled, List<StoredOrder> orders) {
        assertThat(orders.stream().filter(stored -> stored.status().equals("9")).map(StoredOrder::order))
                .containsAll(cancelled);
    }

    private static void print(long seed, AccountClients clients, List<StoredOrder> orders) {
        System.out.printf(
                "accounts seed=%d actions=%d orders=%d filled=%d cancelled=%d%n",
                seed,
                clients.done(),
                orders.size(),
                orders.stream().filter(order -> order.status().equals("1")).count(),
                clients.cancelled().size());
    }
}
