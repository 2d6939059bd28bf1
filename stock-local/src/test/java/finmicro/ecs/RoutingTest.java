package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The target to which the load balancer routes a request. */
class RoutingTest {

    private final Template entrance = TaskDefinitions.templates().get("entrance");

    @ParameterizedTest
    @CsvSource({
        "GET, /, TradeTargets",
        "GET, /screen/main.js, TradeTargets",
        "GET, /webjars/uplot/1.6.30/dist/uPlot.esm.js, TradeTargets",
        "GET, /trade/configuration, TradeTargets",
        "GET, /trade/events, TradeTargets",
        "DELETE, /trade/order/10012, TradeTargets",
        "GET, /stock/events, ItemsTargets",
        "GET, /trade/account, TradeTargets",
        "GET, /balance/events, BalanceTargets",
        "GET, /trade/account/events, TradeTargets",
        "PATCH, /trade/accounts/alice, TradeTargets",
        "POST, /trade/cash-movements, TradeTargets",
        "GET, /balance/movements, BalanceTargets",
        "POST, /balance/entries, 404",
        "POST, /balance/booked, 404",
        "GET, /balance/feed, 404",
        "GET, /balance/snapshot, 404",
        "POST, /trade/order, TradeTargets",
        "GET, /trade/order/10012, TradeTargets",
        "GET, /stock/attribute, ItemsTargets",
        "GET, /stock/prices, ItemsTargets",
        "GET, /balance, BalanceTargets",
        "POST, /balance, 404",
        "POST, /balance/batch, 404",
        "PUT, /balance, 404",
        "GET, /balance/, 404",
        "POST, /balance;jsessionid=1, 404",
        "GET, /market/prices, 404",
        "GET, /health/ready, 404",
        "POST, /market/prices, 404"
    })
    void requestIsRoutedTo(String method, String path, String expected) {
        JsonNode action = entrance.resources().values().stream()
                .filter(resource -> resource.type().equals("AWS::ElasticLoadBalancingV2::ListenerRule"))
                .map(Template.Resource::properties)
                .sorted(Comparator.comparing(rule -> rule.path("Priority").asInt()))
                .filter(rule -> matches(rule.path("Conditions"), method, path))
                .map(rule -> rule.at("/Actions/0"))
                .findFirst()
                .orElseGet(
                        () -> entrance.resources().get("Listener").properties().at("/DefaultActions/0"));

        assertThat(action.at("/TargetGroupArn/Ref")
                        .asText(action.at("/FixedResponseConfig/StatusCode").asText()))
                .isEqualTo(expected);
    }

    private static boolean matches(JsonNode conditions, String method, String path) {
        return StreamSupport.stream(conditions.spliterator(), false)
                .allMatch(condition -> switch (condition.path("Field").asText()) {
                    case "path-pattern" -> any(condition.at("/PathPatternConfig/Values"), path);
                    case "http-request-method" -> any(condition.at("/HttpRequestMethodConfig/Values"), method);
                    default -> throw new IllegalStateException("unknown field of " + condition);
                });
    }

    private static boolean any(JsonNode patterns, String text) {
        return StreamSupport.stream(patterns.spliterator(), false)
                .map(pattern -> Pattern.quote(pattern.asText()).replace("*", "\\E.*\\Q"))
                .anyMatch(text::matches);
    }
}
