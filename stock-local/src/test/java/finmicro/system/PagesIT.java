package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSystem.class)
class PagesIT {

    private final TradingSystem system;
    private final Trading trading;

    PagesIT(TradingSystem system) {
        this.system = system;
        trading = new Trading(system);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    @Tag("old-defect-1")
    void rootPageAndHealthAnswer(Service service) {
        assertThat(trading.get(service, "/").status()).isEqualTo(200);
        assertThat(trading.get(service, "/openapi/ui/").status()).isEqualTo(200);
        assertThat(trading.get(service, "/health/started").status()).isEqualTo(200);
        assertThat(trading.get(service, "/health/live").status()).isEqualTo(200);
        assertThat(trading.get(service, "/health/ready").body().at("/checks/0/data"))
                .isNotEmpty();
    }

    @Test
    void screenLinksToEndpointsAndHealth() {
        assertThat(trading.get(Service.TRADE, "/").body().asText())
                .contains("href=\"/openapi/ui/\"", "href=\"/openapi\"", "href=\"/health\"");
    }

    /** Runs the printed command unchanged in a shell. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void commandThatTheRunnerPrintsWorks(Service service) throws Exception {
        String command = service.curl(system.server(service).uri().toString(), "");
        Process shell = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        JsonNode answer = trading.json(output);
        assertThat(answer.has("type")).as(output).isFalse();
        assertThat(answer.isObject() && !answer.isEmpty()).as(output).isTrue();
        if (service == Service.TRADE) {
            trading.awaitDone(answer.at("/acceptanceResult/tradeNo").asLong());
        }
    }

    @Test
    void exampleOrderIsAccepted() {
        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", example(Service.TRADE, "/trade/order"));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
    }

    @Test
    void exampleSettlementIsValid() {
        ObjectNode settlement = example(Service.BALANCE, "/balance");
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(tradeNo);

        // Uses a number that is already settled, so that it does not change the books.
        Trading.Answer answer = trading.post(Service.BALANCE, "/balance", settlement.put("tradeNo", tradeNo));
        assertThat(answer.body().path("type").asText()).endsWith(":settlement-conflict");
    }

    private ObjectNode example(Service service, String path) {
        return new OpenApi(trading.get(service, "/openapi?format=JSON").body())
                .operations().stream()
                        .filter(operation -> operation.method().equals("POST")
                                && operation.path().equals(path))
                        .findFirst()
                        .orElseThrow()
                        .example();
    }
}
