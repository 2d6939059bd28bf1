package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Service;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task of stock-items with its own queue. It reaches the read replica and the master through separate gates. */
@ExtendWith(SharedSystem.class)
@Tag("long")
class ReadReplicaIT {

    private static final String QUEUE = "stock-replica-que";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STORED = Duration.ofSeconds(20);

    private final TradingSystem system;
    private final Trading trading;

    ReadReplicaIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void readsGoToTheReaderAndWritesToTheMaster() {
        String queue = system.stack()
                .sqs()
                .createQueue(request -> request.queueName(QUEUE))
                .queueUrl();
        Ports ports = Ports.free();
        int database = system.stack().database().port();
        try (TcpGate master = new TcpGate(ports.of(Port.DATABASE), database);
                TcpGate reader = new TcpGate(ports.of(Port.SQS), database);
                LibertyServer items = system.another(
                        Service.ITEMS,
                        Map.of(
                                "DB_HOST_MASTER", "127.0.0.1:" + master.port(),
                                "DB_HOST_READ", "127.0.0.1:" + reader.port(),
                                "STOCK_PRICE_QUE", queue))) {
            items.startAgain(Map.of());
            items.awaitReady(START);
            assertThat(statusOfReads(items)).containsExactly(200, 200);

            reader.cut();
            assertThat(statusOfReads(items)).containsExactly(503, 503);
            int date = sendPrice(queue);
            await().atMost(STORED)
                    .until(() ->
                            trading.number("StockItems", "SELECT COUNT(*) FROM time_prices WHERE date = " + date) == 1);

            reader.open();
            master.cut();
            await().atMost(STORED)
                    .untilAsserted(() -> assertThat(statusOfReads(items)).containsExactly(200, 200));
        } finally {
            trading.change("StockItems", "DELETE FROM time_prices WHERE date < 20000101");
            system.stack().sqs().deleteQueue(request -> request.queueUrl(queue));
        }
    }

    private int[] statusOfReads(LibertyServer items) {
        return new int[] {
            trading.get(items, "/stock/attributes").status(),
            trading.get(items, "/stock/prices?stockCode=A002&from=20200526&to=20200526")
                    .status()
        };
    }

    /** Sends a price of a day that no other test uses. Returns the day. */
    private int sendPrice(String queue) {
        int date = 19_900_100 + ThreadLocalRandom.current().nextInt(1, 29);
        String body = ("{\"stockCode\":\"A002\",\"stockName\":\"Sample IT Company2\","
                        + "\"datePrice\":[{\"date\":%d,\"timePrice\":[{\"time\":\"09:00\",\"price\":2650}]}]}")
                .formatted(date);
        system.stack().sqs().sendMessage(request -> request.queueUrl(queue).messageBody(body));
        return date;
    }
}
