package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.Fauxqs;
import finmicro.local.LocalEnvironment;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the system with producers that publish to topics, which deliver in envelopes. By its name it runs last.
 * {@link SharedSystem} restarts the services for the next test, if there is one.
 */
@ExtendWith(SharedSystem.class)
@Tag("long")
class TradeThroughTopicsIT {

    private static final List<Service> WITH_QUEUES = List.of(Service.ITEMS, Service.MARKET, Service.TRADE);

    private final TradingSystem system;
    private final Trading trading;

    TradeThroughTopicsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void ordersFillsAndPricesAreSentThroughTopics() {
        assumeTrue(Fauxqs.isAvailable(), "SKIPPED: " + Fauxqs.MISSING);
        Project project = Project.located();
        int port = Ports.free().of(Port.SNS);
        try (Fauxqs fauxqs = Fauxqs.start(project, port, false, project.target("it-sns/fauxqs.log"))) {
            LocalEnvironment topics = new LocalEnvironment(
                    system.environment().ports(),
                    fauxqs.messaging(),
                    system.environment().spans());
            system.restart(WITH_QUEUES, topics::of);
            long cash = trading.cash();

            JsonNode trade = trading.awaitDone(trading.place(Trading.order("BUY", "0", "2320", 10)));

            assertThat(trade.path("tradeStatus").asText()).isEqualTo("1");
            assertThat(trading.cash())
                    .isEqualTo(cash - trade.at("/contract/settlementAmount").asLong());
            JsonNode minute =
                    trading.post(Service.MARKET, "/market/prices", "").body().at("/prices/0/datePrice/0/timePrice/0");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> trading.get(Service.ITEMS, "/stock/prices?stockCode=A002")
                            .body()
                            .findParents("time")
                            .contains(minute));
        } finally {
            WITH_QUEUES.forEach(service -> system.server(service).kill());
        }
    }
}
