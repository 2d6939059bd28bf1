package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class MixedOrdersIT {

    private static final int ORDERS = 500;
    private static final int CLIENTS = 8;
    private static final long SEED = 20200607;

    private final Trading trading;

    MixedOrdersIT(TradingSystem system) {
        trading = new Trading(system);
    }

    @Test
    void fiveHundredOrdersOfEightClientsAtOnceEndExact() throws Exception {
        List<Long> placed = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<Long>>> work = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> place(client)))
                    .toList();
            for (Future<List<Long>> one : work) {
                placed.addAll(one.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(placed).hasSize(ORDERS).doesNotHaveDuplicates();

        placed.forEach(trading::awaitDone);

        Trading.Audit audit = trading.audit();
        assertThat(audit).matches(Trading.Audit::isExact);
        assertThat(trading.cash()).isEqualTo(audit.cash());
    }

    private List<Long> place(int client) {
        Random random = new Random(SEED + client);
        int share = ORDERS / CLIENTS + (client < ORDERS % CLIENTS ? 1 : 0);
        return IntStream.range(0, share)
                .mapToObj(i -> trading.place(Trading.order(
                        random.nextBoolean() ? "BUY" : "SELL",
                        random.nextBoolean() ? "0" : "1",
                        1 + random.nextInt(5_000) + "." + random.nextInt(10_000),
                        1 + random.nextInt(200))))
                .toList();
    }
}
