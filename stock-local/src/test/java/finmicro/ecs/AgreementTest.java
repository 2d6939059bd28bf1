package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.CounterTable;
import finmicro.local.Messaging;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates, task definitions and code agree on names, ports, paths and timeouts. */
class AgreementTest {

    private static final String HTTP = "8080";

    private final Map<String, Template> templates = TaskDefinitions.templates();

    private JsonNode properties(String template, String resource) {
        return templates.get(template).resources().get(resource).properties();
    }

    private List<JsonNode> all(String template, String type) {
        return templates.get(template).resources().values().stream()
                .filter(resource -> resource.type().equals(type))
                .map(Template.Resource::properties)
                .toList();
    }

    private static JsonNode task(String family) throws Exception {
        return new ObjectMapper().readTree(TaskDefinitions.texts().get(family));
    }

    private static Map<String, String> environment(String family) throws Exception {
        return StreamSupport.stream(
                        task(family).at("/containerDefinitions/0/environment").spliterator(), false)
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asText(),
                        variable -> variable.path("value").asText()));
    }

    @Test
    void queuesMatchTheCodeAndHaveDeadLetterQueues() {
        Set<String> expected = new TreeSet<>(EmbeddedQueues.QUEUES);
        EmbeddedQueues.QUEUES.forEach(queue -> expected.add(queue + "-dlq"));

        assertThat(all("messaging", "AWS::SQS::Queue"))
                .extracting(queue -> unprefixed(queue.path("QueueName")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prices", "Orders", "Contracts"})
    void queueHasTheRequiredAttributes(String name) {
        JsonNode queue = properties("messaging", name);
        JsonNode deadLetters = properties("messaging", name + "DeadLetters");

        assertThat(queue.path("VisibilityTimeout").asInt()).isEqualTo(30);
        assertThat(queue.path("MessageRetentionPeriod").asInt()).isEqualTo(4 * 24 * 3600);
        assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(10);
        assertThat(queue.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
                .isEqualTo(name + "DeadLetters");
        assertThat(deadLetters.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3600);
        assertThat(unprefixed(deadLetters.path("QueueName"))).isEqualTo(unprefixed(queue.path("QueueName")) + "-dlq");
    }

    /** The name without the project. */
    private static String unprefixed(JsonNode name) {
        assertThat(name.path("Fn::Sub").asText()).startsWith("${Project}-");
        return name.path("Fn::Sub").asText().substring("${Project}-".length());
    }

    /** The URL, ARN and subscription with the same prefix belong to the same queue. */
    @ParameterizedTest
    @ValueSource(strings = {"Prices", "Orders", "Contracts"})
    void outputsBelongToTheQueueAndItsTopic(String name) {
        String queue = unprefixed(properties("messaging", name).path("QueueName"));
        String topic = Messaging.TOPICS.get(queue);

        assertOutput(name + "QueueName", "Fn::GetAtt\":[\"" + name + "\",\"QueueName", queue);
        assertOutput(name + "QueueUrl", "Ref\":\"" + name, "/" + queue);
        assertOutput(name + "QueueArn", "Fn::GetAtt\":[\"" + name + "\",\"Arn", ":" + queue);
        assertOutput(name + "TopicArn", "Ref\":\"" + name + "Topic", ":" + topic);
        assertThat(unprefixed(properties("messaging", name + "Topic").path("TopicName")))
                .isEqualTo(topic);
        JsonNode subscription = properties("messaging", name + "Subscription");
        assertThat(subscription.path("RawMessageDelivery").asBoolean()).isTrue();
        assertThat(subscription.at("/TopicArn/Ref").asText()).isEqualTo(name + "Topic");
        assertThat(subscription.at("/Endpoint/Fn::GetAtt/0").asText()).isEqualTo(name);
    }

    /** An output of {@code messaging} refers to the new resource, or else to the existing one by its name. */
    private void assertOutput(String output, String reference, String existing) {
        JsonNode value = templates.get("messaging").outputs().get(output).at("/Value/Fn::If");
        assertThat(value.path(0).asText()).isEqualTo("New");
        assertThat(value.path(1).toString()).contains("\"" + reference + "\"");
        assertThat(value.path(2).findPath("Fn::Sub").asText(value.path(2).asText()))
                .endsWith(existing);
    }

    @ParameterizedTest
    @CsvSource({
        "stock-items, STOCK_PRICE_QUE, ${PricesQueueUrl}",
        "stock-market, STOCK_ORDER_TRADE_QUE, ${OrdersQueueUrl}",
        "stock-market, PRICE_QUE_URL, ${PricesQueueUrl}",
        "stock-market, PRICE_TOPIC_ARN, ${PricesTopicArn}",
        "stock-market, CONTRACT_TRADE_QUE_URL, ${ContractsQueueUrl}",
        "stock-market, CONTRACT_TRADE_TOPIC_ARN, ${ContractsTopicArn}",
        "stock-trade, STOCK_ORDER_TRADE_QUE, ${OrdersQueueUrl}",
        "stock-trade, TRADE_TOPIC_ARN, ${OrdersTopicArn}",
        "stock-trade, STOCK_CONTRACT_TRADE_QUE, ${ContractsQueueUrl}",
        "stock-trade, TRADE_NUMBER_TABLE, ${CounterName}"
    })
    void taskIsConfiguredWithItsQueueOrTable(String service, String variable, String address) throws Exception {
        assertThat(environment(service)).containsEntry(variable, address);
    }

    @Test
    void counterTableMatchesTheCode() {
        JsonNode table = properties("messaging", "Counter");

        assertThat(unprefixed(table.path("TableName"))).isEqualTo(CounterTable.TABLE);
        assertThat(table.at("/KeySchema/0/AttributeName").asText()).isEqualTo(CounterTable.KEY);
        assertOutput("CounterName", "Ref\":\"Counter", CounterTable.TABLE);
        assertOutput("CounterArn", "Fn::GetAtt\":[\"Counter\",\"Arn", ":table/" + CounterTable.TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock-balance", "stock-items", "stock-market", "stock-trade"})
    void servicePortsAndNamesMatch(String family) throws Exception {
        JsonNode container = task(family).at("/containerDefinitions/0");
        String name = Character.toUpperCase(family.charAt(6)) + family.substring(7);
        JsonNode service = properties("services", name);

        assertThat(container.path("name").asText()).isEqualTo(family);
        assertThat(container.at("/portMappings/0/containerPort").asText()).isEqualTo(HTTP);
        assertThat(environment(family))
                .containsEntry("PORT_NUMBER", HTTP)
                .containsEntry("SERVICE_NAME", family + "-service")
                .containsEntry("OTEL_SERVICE_NAME", family + "-service")
                // CloudWatch would interpret cumulative sums as sums of the last minute.
                .containsEntry("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta");
        assertThat(service.path("ServiceName").asText()).isEqualTo(family);
        assertThat(service.at("/TaskDefinition/Ref").asText()).isEqualTo(name + "TaskDefinition");
        for (JsonNode target : service.path("LoadBalancers")) {
            assertThat(target.path("ContainerName").asText()).isEqualTo(family);
            assertThat(target.path("ContainerPort").asText()).isEqualTo(HTTP);
            assertThat(target.path("TargetGroupArn").toString()).contains("-" + name + "Targets");
        }
        for (JsonNode alias : service.at("/ServiceConnectConfiguration/Services")) {
            assertThat(alias.path("PortName").asText())
                    .isEqualTo(container.at("/portMappings/0/name").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({"BALANCE_SERVICE_URL, Balance", "ITEMS_SERVICE_URL, Items"})
    void serviceUrlMatchesItsServiceConnectAlias(String variable, String service) throws Exception {
        URI address = URI.create(environment("stock-trade").get(variable).replace("${Project}", "fin-micro"));
        JsonNode alias = properties("services", service).at("/ServiceConnectConfiguration/Services/0/ClientAliases/0");

        assertThat(address.getHost())
                .isEqualTo(alias.at("/DnsName/Fn::Sub").asText().replace("${Project}", "fin-micro"));
        assertThat(address.getPort()).isEqualTo(alias.path("Port").asInt());
        assertThat(templates.get("services").resources().get("Trade").node().path("DependsOn"))
                .extracting(JsonNode::asText)
                .contains(service);
    }

    @Test
    void loadBalancerChecksReadinessWithAGracePeriod() throws Exception {
        int start = task("stock-trade")
                .at("/containerDefinitions/0/healthCheck/startPeriod")
                .asInt();
        for (JsonNode targets : all("entrance", "AWS::ElasticLoadBalancingV2::TargetGroup")) {
            assertThat(targets.path("HealthCheckPath").asText()).isEqualTo("/health/ready");
            assertThat(targets.path("Port").asText()).isEqualTo(HTTP);
        }
        for (String service : List.of("Balance", "Items", "Trade")) {
            assertThat(properties("services", service)
                            .path("HealthCheckGracePeriodSeconds")
                            .asInt())
                    .isGreaterThanOrEqualTo(start);
        }
    }

    /** An idle connection is closed only if it misses a heartbeat. */
    @Test
    void loadBalancerKeepsIdleStreamsOpen() {
        assertThat(properties("entrance", "LoadBalancer").path("LoadBalancerAttributes"))
                .filteredOn(attribute -> attribute.path("Key").asText().equals("idle_timeout.timeout_seconds"))
                .singleElement()
                .satisfies(attribute -> assertThat(attribute.path("Value").asInt())
                        .isGreaterThan(ofStreams("HEARTBEAT = Duration.ofSeconds")));
    }

    /** Service Connect's proxy ends a request after 15 s by default, also if it comes from the load balancer. */
    @Test
    void serviceConnectKeepsStreamsOpen() {
        assertThat(all("services", "AWS::ECS::Service"))
                .flatExtracting(service ->
                        service.at("/ServiceConnectConfiguration/Services").findParents("PortName"))
                .hasSize(2)
                .extracting(endpoint -> endpoint.path("Timeout"))
                .allSatisfy(timeout -> {
                    assertThat(timeout.path("PerRequestTimeoutSeconds").asInt())
                            .isGreaterThan(60 * ofStreams("MAX_LIFETIME = Duration.ofMinutes"));
                    assertThat(timeout.path("IdleTimeoutSeconds").asInt())
                            .isGreaterThan(ofStreams("HEARTBEAT = Duration.ofSeconds"));
                });
    }

    /** The number in a constant of {@code Feed}. */
    private static int ofStreams(String constant) {
        Path feed = TaskDefinitions.ECS.resolveSibling("stock-common/src/main/java/finmicro/common/events/Feed.java");
        Matcher number =
                Pattern.compile(Pattern.quote(constant) + "\\((\\d+)\\)").matcher(TaskDefinitions.read(feed));
        assertThat(number.find()).as(constant).isTrue();
        return Integer.parseInt(number.group(1));
    }

    /** A service cannot detect an ambiguous request length, because the server has already parsed it. */
    @Test
    void loadBalancerRejectsAmbiguousRequests() {
        assertThat(properties("entrance", "LoadBalancer").path("LoadBalancerAttributes"))
                .anySatisfy(attribute -> {
                    assertThat(attribute.path("Key").asText()).isEqualTo("routing.http.desync_mitigation_mode");
                    assertThat(attribute.path("Value").asText()).isEqualTo("strictest");
                });
    }

    /** Draining takes up to 20 s and Liberty's timeout for it is 30 s; the timeout of ECS must be longer. */
    @ParameterizedTest
    @ValueSource(strings = {"stock-balance", "stock-items", "stock-market", "stock-trade"})
    void ecsWaitsForLibertyToStop(String family) throws Exception {
        assertThat(task(family).at("/containerDefinitions/0/stopTimeout").asInt())
                .isEqualTo(60);
    }

    /** Every service requires a token, and verifies it with the configuration of the stack. */
    @ParameterizedTest
    @ValueSource(strings = {"stock-balance", "stock-items", "stock-market", "stock-trade"})
    void serviceRequiresTokensOfTheIssuer(String family) throws Exception {
        assertThat(environment(family))
                .containsEntry("AUTH", "jwt")
                .containsEntry("JWT_ISSUER", "${OidcIssuer}")
                .containsEntry("JWT_JWKS_URI", "${OidcJwksUri}")
                .containsEntry("JWT_AUDIENCE", "${OidcAudience}");
        assertThat(task(family).at("/containerDefinitions/0/secrets").toString().contains("OIDC_CLIENT_SECRET"))
                .isEqualTo(family.equals("stock-trade"));
    }

    /** Both services use the same account id, and signing in does not create cash. */
    @Test
    void accountsAreOpenedByAnOperator() throws Exception {
        assertThat(environment("stock-trade"))
                .containsEntry("ACCOUNT_CLAIM", "sub")
                .containsEntry("ACCOUNT_OPENING", "manual")
                .containsEntry("OPENING_CASH", "0");
        assertThat(environment("stock-balance")).containsEntry("ACCOUNT_CLAIM", "sub");
    }

    @Test
    void eachImageHasARepository() throws Exception {
        Set<String> repositories = all("registry", "AWS::ECR::Repository").stream()
                .map(repository -> repository.at("/RepositoryName/Fn::Sub").asText())
                .collect(Collectors.toSet());
        for (String family : TaskDefinitions.texts().keySet()) {
            assertThat(task(family).at("/containerDefinitions/0/image").asText())
                    .isEqualTo("${Registry}/${Project}/" + family + ":${ImageTag}");
            assertThat(repositories).contains("${Project}/" + family);
        }
    }

    @Test
    void databaseUsersMatchTheSecrets() throws Exception {
        for (String name : List.of("Balance", "Items", "Trade")) {
            String family = "stock-" + name.toLowerCase(Locale.ROOT);
            assertThat(properties("database", name + "Credentials")
                            .at("/GenerateSecretString/SecretStringTemplate")
                            .asText())
                    .isEqualTo("{\"username\": \"" + family.replace('-', '_') + "\"}");
            assertThat(task(family).at("/containerDefinitions/0/secrets").toString())
                    .contains("${" + name + "Secret}:username::", "${" + name + "Secret}:password::");
            assertThat(environment(family)).containsEntry("DB_SSL_MODE", "VERIFY_IDENTITY");
            assertThat(TaskDefinitions.read(TaskDefinitions.ECS.resolve("schemas/create.sh")))
                    .contains("schema " + environment(family).get("DB_NAME") + " ");
        }
    }
}
