package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the permissions of the task roles with the AWS calls of the code. */
class PermissionsTest {

    /** Called only if a queue is configured by name; the task definitions use URLs. */
    private static final String QUEUE_BY_NAME = "sqs:GetQueueUrl";
    /** Also required for publishing to an encrypted topic. */
    private static final Set<String> ENCRYPTED_TOPICS = Set.of("kms:Decrypt", "kms:GenerateDataKey");

    private final Template cluster = TaskDefinitions.templates().get("cluster");

    @ParameterizedTest
    @CsvSource({"Balance, balance", "Items, items", "Market, market", "Trade, trade"})
    void roleAllowsExactlyTheRequiredActions(String role, String service) {
        Set<String> called = AwsCalls.of(service);
        called.remove(QUEUE_BY_NAME);

        Set<String> allowed = actions(role, "");
        allowed.removeAll(ENCRYPTED_TOPICS);

        assertThat(allowed).isEqualTo(called);
    }

    /** The consumer of each queue, and its producer, which sends directly or through the topic. */
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

    /** A secret from outside can be under a customer key. Those of the templates are under the default key, which needs none. */
    @ParameterizedTest
    @ValueSource(strings = {"Balance", "Items", "Market", "Schemas", "Trade"})
    void executionRoleDecryptsExactlyItsSecretsFromOutside(String role) {
        List<JsonNode> outside = new ArrayList<>();
        for (JsonNode statement : statements(role + "ExecutionRole", "secretsmanager:GetSecretValue")) {
            statement.path("Resource").forEach(secret -> {
                if (!isOfTheTemplates(secret)) {
                    outside.add(secret);
                }
            });
        }

        assertThat(statements(role + "ExecutionRole", "kms:Decrypt"))
                .extracting(statement -> statement.at("/Condition/StringEquals"))
                .allSatisfy(condition -> assertThat(
                                condition.at("/kms:ViaService/Fn::Sub").asText())
                        .isEqualTo("secretsmanager.${AWS::Region}.amazonaws.com"))
                .extracting(condition -> condition.path("kms:EncryptionContext:SecretARN"))
                .isEqualTo(outside);
    }

    private boolean isOfTheTemplates(JsonNode secret) {
        Template database = TaskDefinitions.templates().get("database");
        String export = secret.at("/Fn::ImportValue/Fn::Sub").asText().replace("${Project}-", "");
        return database.outputs().containsKey(export)
                && database.resources()
                        .containsKey(
                                database.outputs().get(export).at("/Value/Ref").asText());
    }

    private List<JsonNode> statements(String role, String action) {
        return cluster.resources().get(role).properties().path("Policies").findParents("Action").stream()
                .filter(statement -> statement.path("Action").toString().contains("\"" + action + "\""))
                .toList();
    }

    /** The actions allowed by a role's inline policies, on a resource imported by this name, or on any if the name is empty. */
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
