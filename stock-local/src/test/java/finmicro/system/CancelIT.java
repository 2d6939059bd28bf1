package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class CancelIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TradingSystem system;
    private final Trading trading;

    CancelIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void fillOfACancelledOrderHasNoEffectIsCountedAndLogged() {
        long cash = trading.cash();
        Log log = new Log(system.server(Service.TRADE));
        double late = tooLate();
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        long tradeNo;
        try {
            tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            assertThat(cancel(tradeNo).status()).isEqualTo(204);
            assertThat(status(tradeNo)).isEqualTo("9");
        } finally {
            Freezer.thaw(market);
        }

        log.await("contract.too-late");
        assertThat(log.text()).containsPattern("contract\\.too-late .*tradeNo=" + tradeNo);
        await().atMost(SOON).until(() -> tooLate() == late + 1);
        await().atMost(SOON).until(() -> trading.queued(EmbeddedQueues.CONTRACTS) == 0);
        assertThat(status(tradeNo)).isEqualTo("9");
        assertThat(trading.moves(tradeNo)).isZero();
        assertThat(trading.cash()).isEqualTo(cash);
        await().atMost(SOON).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    @Test
    void orderThatIsNoLongerOpenIsNotCancelled() {
        long filled = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(filled);
        // Below the numbers of the counter: a higher one would raise it.
        long cancelled = 9_601;
        trading.openTrade(cancelled);
        assertThat(cancel(cancelled).status()).isEqualTo(204);

        for (long tradeNo : new long[] {filled, cancelled}) {
            Trading.Answer answer = cancel(tradeNo);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().path("type").asText()).endsWith(":order-not-open");
        }
        assertThat(status(filled)).isEqualTo("1");
    }

    @Test
    void unknownOrderIsNotFound() {
        Trading.Answer answer = cancel(99_999_999);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("type").asText()).endsWith(":not-found");
    }

    private Trading.Answer cancel(long tradeNo) {
        return trading.send(
                trading.request(Service.TRADE, "/trade/order/" + tradeNo).DELETE());
    }

    private String status(long tradeNo) {
        return trading.get(Service.TRADE, "/trade/order/" + tradeNo)
                .body()
                .path("tradeStatus")
                .asText();
    }

    private double tooLate() {
        return system.metrics().sum("stock-trade", "contracts", Map.of("result", "too-late"));
    }
}
