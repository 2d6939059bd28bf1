package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSystem.class)
class PagesIT {

    private final Trading trading;

    PagesIT(TradingSystem system) {
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
    void pageOfTheServiceThatServesTheScreenLeadsToEndpointsAndHealth() {
        assertThat(trading.get(Service.TRADE, "/").body().asText())
                .contains("href=\"/openapi/ui/\"", "href=\"/openapi\"", "href=\"/health\"");
    }

    @ParameterizedTest
    @CsvSource({
        "ITEMS,GET /stock/attribute GET /stock/attributes GET /stock/events GET /stock/prices",
        "TRADE,DELETE /trade/order/{tradeNo} GET /trade/configuration GET /trade/events GET /trade/order"
                + " GET /trade/order/{tradeNo} POST /trade/order",
        "BALANCE,DELETE /balance/holds/{tradeNo} GET /balance GET /balance/buying-power GET /balance/events"
                + " POST /balance PUT /balance/holds/{tradeNo}",
        "MARKET,GET /market/prices POST /market/prices"
    })
    void everyEndpointIsDescribed(Service service, String endpoints) {
        JsonNode openApi = openApi(service);
        Set<String> described = new TreeSet<>();
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    described.add(operation.getKey().toUpperCase() + " " + path.getKey());
                    assertDescribed(openApi, operation.getValue());
                }));

        assertThat(String.join(" ", described)).isEqualTo(endpoints);
    }

    private static void assertDescribed(JsonNode openApi, JsonNode operation) {
        assertThat(operation.path("summary").asText()).isNotBlank();
        assertThat(operation.path("description").asText()).isNotBlank();
        operation.path("responses").properties().forEach(response -> {
            assertThat(response.getValue().path("description").asText()).isNotBlank();
            if (response.getKey().equals("204")) {
                return;
            }
            Set<String> mediaTypes = response.getKey().startsWith("2")
                    ? Set.of("application/json", "text/event-stream")
                    : Set.of("application/problem+json");
            Map.Entry<String, JsonNode> content =
                    response.getValue().path("content").properties().iterator().next();
            assertThat(mediaTypes).contains(content.getKey());
            String schema = content.getValue().at("/schema/$ref").asText();
            assertThat(schema).as(response.toString()).startsWith("#/components/schemas/");
            assertThat(openApi.at(schema.substring(1)).path("properties")).isNotEmpty();
        });
    }

    @Test
    void examplesOfTheOrderMakeAnOrderThatIsTaken() {
        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", example(Service.TRADE, "OrderRequest"));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
    }

    @Test
    void examplesOfTheSettlementMakeOneThatIsTaken() {
        ObjectNode settlement = example(Service.BALANCE, "ContractTrade");
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(tradeNo);

        // Under a number that is settled already, so that the books of the other tests stay right.
        assertThat(trading.post(Service.BALANCE, "/balance", settlement.put("tradeNo", tradeNo))
                        .status())
                .isEqualTo(200);
    }

    private ObjectNode example(Service service, String schema) {
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        openApi(service)
                .at("/components/schemas/" + schema + "/properties")
                .properties()
                .forEach(property ->
                        example.set(property.getKey(), property.getValue().at("/examples/0")));
        return example;
    }

    private JsonNode openApi(Service service) {
        return trading.send(trading.request(service, "/openapi?format=JSON")
                        .header("Accept", "application/json")
                        .method("GET", HttpRequest.BodyPublishers.noBody()))
                .body();
    }
}
