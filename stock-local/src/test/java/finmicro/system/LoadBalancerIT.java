package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedDatabase;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An outage must not fail health checks: the load balancer of the old system killed its tasks again and again, which does not
 * restore a database.
 */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
@Tag("edge")
@Tag("long")
class LoadBalancerIT {

    private static final Duration RESUMED = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofMinutes(2);
    /** Time to settle the orders of the outage. */
    private static final Duration BACKLOG = Duration.ofMinutes(3);

    private final TradingSystem system;
    private final Trading trading;

    LoadBalancerIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    private static EmbeddedDatabase database(TradingSystem system) {
        return system.stack().database();
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                outage(
                        "database frozen",
                        s -> Freezer.freeze(database(s).pid()),
                        s -> Freezer.thaw(database(s).pid())),
                outage(
                        "database stopped",
                        s -> database(s).kill(),
                        s -> database(s).restart()),
                outage(
                        "queue service cut off",
                        s -> s.queueGate().cut(),
                        s -> s.queueGate().open()));
    }

    private static Arguments outage(String name, Consumer<TradingSystem> begin, Consumer<TradingSystem> end) {
        return Arguments.of(name, begin, end);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void noServiceIsKilledAndAllRecover(String name, Consumer<TradingSystem> begin, Consumer<TradingSystem> end) {
        try (LoadBalancer balancer = new LoadBalancer(system);
                Customers customers =
                        new Customers(system, List.of(system.server(Service.TRADE)), List.of("main"), 1)) {
            await().until(() -> balancer.rounds() >= 1 && customers.accepted() > 0);

            begin.accept(system);
            int last =
                    balancer.rounds() + LoadBalancer.rounds(Effort.ofThisBuild().outage());
            await().atMost(Effort.ofThisBuild().outage().multipliedBy(2)).until(() -> balancer.rounds() >= last);
            end.accept(system);
            Instant back = Instant.now();
            await().atMost(RESUMED).until(() -> order().status() == 201 && settledSince(back));

            System.out.printf(
                    "load balancer, %d s of %s: failed probes %s%n",
                    Effort.ofThisBuild().outage().toSeconds(), name, balancer.failures());
            assertThat(balancer.kills()).isEmpty();
        }
        await().atMost(BACKLOG).until(() -> trading.notDone().isEmpty());
    }

    private Trading.Answer order() {
        return trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1));
    }

    /** Whether orders are settled again. Those from the outage come first. */
    private boolean settledSince(Instant back) {
        String time = back.atZone(ZoneId.of("Asia/Tokyo")).format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
        return trading.number(
                        "StockBalance", "SELECT COUNT(*) FROM stock_moves WHERE LEFT(update_time, 19) > '" + time + "'")
                > 0;
    }

    @Test
    void serviceStartedDuringAnOutageBecomesReadyAfterIt() {
        LibertyServer trade = system.server(Service.TRADE);
        trade.stop();
        database(system).kill();
        system.queueGate().cut();

        trade.startAgain(Map.of());
        await().atMost(START).until(() -> trade.answers("/health/started"));
        await().during(Duration.ofSeconds(5)).until(() -> trade.answers("/health/live") && !trade.isReady());
        database(system).restart();
        system.queueGate().open();

        trade.awaitReady(RESUMED);
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
    }
}
