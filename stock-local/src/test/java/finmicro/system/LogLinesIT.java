package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class LogLinesIT {

    private final TradingSystem system;
    private final Trading trading;

    LogLinesIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void orderIsOneLinePerServiceWithNumberAndTrace() {
        Map<Service, Log> logs = new EnumMap<>(Service.class);
        List<Service> services = List.of(Service.TRADE, Service.MARKET, Service.BALANCE);
        services.forEach(service -> logs.put(service, new Log(system.server(service))));

        long tradeNo = trading.place(Trading.order("BUY", "0", "100.25", 7));
        trading.awaitDone(tradeNo);

        String traceId = new Traces(system, trading)
                .awaitOrder(tradeNo, trace -> !trace.all().toList().isEmpty())
                .traceId();
        assertThat(services).allSatisfy(service -> {
            logs.get(service).await("tradeNo=" + tradeNo);
            assertThat(logs.get(service).text().lines().filter(line -> line.contains("tradeNo=" + tradeNo)))
                    .singleElement()
                    .asString()
                    .endsWith(" tradeNo=" + tradeNo + " traceId=" + traceId);
            assertThat(logs.get(service).text()).doesNotContain("orderQuantity", "contractQuantity");
        });
    }

    @Test
    void rejectedMessageIsALineWithNumberAndTrace() {
        Log log = new Log(system.server(Service.TRADE));

        trading.sendToQueue(EmbeddedQueues.CONTRACTS, Trading.fill(987_654_321));

        log.await("no trade has the number 987654321");
        await().untilAsserted(() -> assertThat(log.text().lines().filter(line -> line.contains("message.rejected")))
                .singleElement()
                .asString()
                .matches(".* tradeNo=987654321 traceId=[0-9a-f]{32}"));
        trading.purge(EmbeddedQueues.CONTRACTS);
    }
}
