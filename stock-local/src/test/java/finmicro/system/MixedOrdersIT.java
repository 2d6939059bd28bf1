package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs two tasks of stock-trade, so two accept orders, two relay them, and two consume the queue of fills. */
@ExtendWith(SharedSystem.class)
@Tag("long")
class MixedOrdersIT {

    private static final int ORDERS = 500;
    private static final int CLIENTS = 8;
    private static final long SEED = 20200607;

    private final TradingSystem system;
    private final Trading trading;

    MixedOrdersIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    @Tag("old-defect-26")
    void fiveHundredOrdersOfEightClientsAtOnceEndExact() throws Exception {
        List<Long> placed = new ArrayList<>();
        long deadlocks = system.stack().database().deadlocks();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LibertyServer second = system.startSecondTask(Service.TRADE)) {
            List<LibertyServer> tasks = List.of(system.server(Service.TRADE), second);
            List<Future<List<Long>>> work = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> place(tasks.get(client % 2), client)))
                    .toList();
            for (Future<List<Long>> one : work) {
                placed.addAll(one.get());
            }
            assertThat(placed).hasSize(ORDERS).doesNotHaveDuplicates();
            placed.forEach(trading::awaitDone);
        } finally {
            clients.shutdownNow();
        }

        Trading.Audit audit = trading.audit();
        assertThat(audit).matches(Trading.Audit::isExact);
        assertThat(trading.cash()).isEqualTo(audit.cash());
        // All transactions lock in one order. A deadlock would be retried and go unnoticed.
        assertThat(system.stack().database().deadlocks() - deadlocks)
                .as("deadlocks")
                .isZero();
    }

    private List<Long> place(LibertyServer task, int client) {
        Random random = new Random(SEED + client);
        int share = ORDERS / CLIENTS + (client < ORDERS % CLIENTS ? 1 : 0);
        return IntStream.range(0, share)
                .mapToObj(i -> trading.place(
                        task,
                        Trading.order(
                                random.nextBoolean() ? "BUY" : "SELL",
                                random.nextBoolean() ? "0" : "1",
                                1 + random.nextInt(5_000) + "." + random.nextInt(10_000),
                                1 + random.nextInt(200))))
                .toList();
    }
}
