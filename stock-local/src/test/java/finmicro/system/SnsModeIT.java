package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.Fauxqs;
import finmicro.local.Service;
import finmicro.local.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second system beside the first, whose producers publish to topics that deliver in envelopes. */
class SnsModeIT {

    @Test
    void ordersContractsAndPricesGoThroughTopics() {
        assumeTrue(Fauxqs.isAvailable(), "SKIPPED: " + Fauxqs.MISSING);
        try (TradingSystem system = TradingSystem.start("it-sns", Stack.Delivery.TOPICS, Map.of())) {
            Trading trading = new Trading(system);

            JsonNode trade = trading.awaitDone(trading.place(Trading.order("BUY", "0", "2320", 10)));

            assertThat(trade.path("tradeStatus").asText()).isEqualTo("1");
            assertThat(trading.cash())
                    .isEqualTo(
                            10_000_000 - trade.at("/contract/settlementAmount").asLong());
            JsonNode minute =
                    trading.post(Service.MARKET, "/market/prices", "").body().at("/prices/0/datePrice/0/timePrice/0");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> trading.get(Service.ITEMS, "/stock/prices?stockCode=A002")
                            .body()
                            .findParents("time")
                            .contains(minute));
        }
    }
}
