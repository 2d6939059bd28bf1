package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the role of a task allows, against what its code calls. */
class PermissionsTest {

    /** Asked only where a queue is configured by its name; the task definitions give URLs. */
    private static final String BY_NAME = "sqs:GetQueueUrl";
    /** What publishing to an encrypted topic needs besides. */
    private static final Set<String> OF_TOPICS = Set.of("kms:Decrypt", "kms:GenerateDataKey");

    private final Template cluster = TaskDefinitions.templates().get("cluster");

    @ParameterizedTest
    @CsvSource({"Balance, balance", "Items, items", "Market, market", "Trade, trade"})
    void roleAllowsWhatIsCalledAndNothingElse(String role, String service) {
        Set<String> called = AwsCalls.of(service);
        called.remove(BY_NAME);

        Set<String> allowed = actions(role, "");
        allowed.removeAll(OF_TOPICS);

        assertThat(allowed).isEqualTo(called);
    }

    /** By the contracts: who consumes which queue, and who sends to it, itself or through its topic. */
    @ParameterizedTest
    @CsvSource({
        "Items, PricesQueueArn, sqs:ReceiveMessage",
        "Market, OrdersQueueArn, sqs:ReceiveMessage",
        "Market, PricesQueueArn, sqs:SendMessage",
        "Market, PricesTopicArn, sns:Publish",
        "Market, ContractsQueueArn, sqs:SendMessage",
        "Market, ContractsTopicArn, sns:Publish",
        "Trade, ContractsQueueArn, sqs:ReceiveMessage",
        "Trade, OrdersQueueArn, sqs:SendMessage",
        "Trade, OrdersTopicArn, sns:Publish",
        "Trade, CounterArn, dynamodb:UpdateItem"
    })
    void permissionIsForItsOwnResource(String role, String resource, String action) {
        assertThat(actions(role, resource)).contains(action);
        for (String other : Set.of("PricesQueueArn", "OrdersQueueArn", "ContractsQueueArn")) {
            if (action.equals("sqs:ReceiveMessage") && !other.equals(resource)) {
                assertThat(actions(role, other)).doesNotContain(action);
            }
        }
    }

    /** The actions of a role's own policies, on a resource that the template imports by this name, or on any. */
    private Set<String> actions(String role, String resource) {
        Set<String> actions = new TreeSet<>();
        JsonNode properties = cluster.resources().get(role + "TaskRole").properties();
        for (JsonNode statement : properties.path("Policies").findParents("Action")) {
            if (statement.path("Resource").toString().contains(resource)) {
                JsonNode action = statement.path("Action");
                if (action.isArray()) {
                    action.forEach(one -> actions.add(one.asText()));
                } else {
                    actions.add(action.asText());
                }
            }
        }
        return actions;
    }
}
