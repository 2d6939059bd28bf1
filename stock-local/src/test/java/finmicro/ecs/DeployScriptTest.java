package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.CounterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ecs/deploy.sh} against the {@link FakeAccount}. */
class DeployScriptTest {

    private static final List<String> STACKS =
            List.of("registry", "network", "messaging", "database", "cluster", "entrance", "services", "observability");
    private static final String READS =
            "aws (sts|cloudformation (describe|list)|ecr describe|ecs (describe|list)|ssm get) ?.*"
                    + "|aws cloudformation (deploy .* --no-execute-changeset|delete-change-set .*)"
                    + "|docker (info|buildx version|buildx inspect).*|git .*";

    @TempDir
    private Path account;

    private Map<String, String> environment;
    private FakeAccount fake;
    private Path project;

    @BeforeEach
    void emptyAccount() throws IOException {
        fake = new FakeAccount(account);
        environment = fake.environment();
        project = account.resolve("project");
        Files.createDirectories(project);
        copy(TaskDefinitions.ECS, project.resolve("ecs"));
        FakeAccount.fake(project.resolve("mvnw"));
        Files.writeString(account.resolve("exports"), "");
        environment.put("OIDC_ISSUER", "https://issuer.example/pool");
        environment.put("OIDC_AUDIENCE", "page,trade");
        environment.put("OIDC_PAGE_CLIENT_ID", "page");
        environment.put("OIDC_TOKEN_URI", "https://issuer.example/token");
        environment.put("OIDC_SERVICE_SECRET", "arn:aws:secretsmanager:ap-northeast-1:1:secret:trade");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private FakeAccount.Result deploy(String... arguments) throws IOException, InterruptedException {
        return fake.run(project.resolve("ecs/deploy.sh"), arguments);
    }

    private List<String> changes() throws IOException {
        return fake.changes(READS);
    }

    /** Arranges an account in which every stack exists, with plausible export values. */
    private void deployed() throws IOException {
        for (String stack : STACKS) {
            Files.writeString(account.resolve("stacks/fin-micro-" + stack), "UPDATE_COMPLETE\n");
        }
        Files.writeString(
                account.resolve("exports"),
                TaskDefinitions.exports().entrySet().stream()
                        .map(export -> "fin-micro-" + export.getKey() + "\t" + export.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void emptyAccountIsDeployedInOrder() throws Exception {
        deployed();

        FakeAccount.Result result = deploy();

        assertThat(result.code()).as(result.error()).isZero();
        assertThat(changes())
                .filteredOn(call -> call.startsWith("aws cloudformation deploy "))
                .extracting(call -> call.split(" ")[4])
                .containsExactlyElementsOf(
                        STACKS.stream().map(stack -> "fin-micro-" + stack).toList());
        assertThat(changes())
                .filteredOn(call -> call.startsWith("docker buildx build "))
                .hasSize(5)
                .allMatch(call -> call.contains("--push --platform linux/arm64 "));
        assertThat(changes())
                .filteredOn(call -> call.startsWith("aws cloudformation deploy --stack-name fin-micro-services "))
                .singleElement()
                .asString()
                .contains(
                        "BalanceTaskDefinition=arn:of:fin-micro-stock-balance:8",
                        "ItemsTaskDefinition=arn:of:fin-micro-stock-items:8",
                        "MarketTaskDefinition=arn:of:fin-micro-stock-market:8",
                        "TradeTaskDefinition=arn:of:fin-micro-stock-trade:8");
        assertThat(changes()).anyMatch(call -> call.startsWith("aws ecs run-task "));
        assertThat(result.out()).endsWith("== done: exported-value\n");
    }

    @Test
    void withoutAnOpenIdProviderNothingIsDeployed() throws Exception {
        environment.keySet().removeIf(name -> name.startsWith("OIDC_"));

        assertRefused("no OpenID provider: set OIDC_ISSUER");
    }

    @Test
    void issuerOfTheExistingStackIsKept() throws Exception {
        deployed();
        Files.writeString(account.resolve("issuer"), "https://issuer.example/pool\n");
        environment.keySet().removeIf(name -> name.startsWith("OIDC_"));

        assertThat(deploy().code()).isZero();

        assertThat(changes())
                .anyMatch(call -> call.contains("fin-micro-cluster") && call.endsWith("Project=fin-micro"));
    }

    @Test
    void existingImagesAndTaskDefinitionsAreReused() throws Exception {
        deployed();
        deploy();
        Files.createFile(account.resolve("images"));
        Files.delete(account.resolve("calls"));

        assertThat(deploy().code()).isZero();

        assertThat(changes()).noneMatch(call -> call.startsWith("docker") || call.contains(" register-"));
        assertThat(changes()).anyMatch(call -> call.contains("TradeTaskDefinition=arn:of:fin-micro-stock-trade:7"));
    }

    /** A task reads the configuration of its collector when it starts. */
    @Test
    void changedCollectorConfigurationReplacesTheTasks() throws Exception {
        deployed();
        deploy();
        Files.createFile(account.resolve("images"));
        Files.writeString(account.resolve("collector"), "2");
        Files.delete(account.resolve("calls"));

        assertThat(deploy().code()).isZero();

        assertThat(changes()).filteredOn(call -> call.contains(" register-")).hasSize(4);
    }

    @Test
    void onlyDeploysOneService() throws Exception {
        deployed();

        FakeAccount.Result result = deploy("--only", "stock-trade");

        assertThat(result.code()).as(result.error()).isZero();
        assertThat(changes())
                .filteredOn(call -> call.contains("cloudformation"))
                .singleElement()
                .asString()
                .endsWith("--parameter-overrides Project=fin-micro TradeTaskDefinition=arn:of:fin-micro-stock-trade:8");
        assertThat(changes())
                .filteredOn(call -> call.contains(" buildx build "))
                .hasSize(1);
        assertThat(Files.readString(project.resolve("target/ecs/stock-trade.json")))
                .contains("/fin-micro/stock-trade:0123456789ab\"");
    }

    @Test
    void rollbackOnlyReturnsToTheRevisionsOfTheOldImages() throws Exception {
        rollback();

        FakeAccount.Result result = deploy();

        assertThat(result.code()).as(result.error()).isZero();
        assertThat(changes())
                .singleElement()
                .asString()
                .contains("--stack-name fin-micro-services ")
                .endsWith("Project=fin-micro BalanceTaskDefinition=arn:of:fin-micro-stock-balance:3"
                        + " ItemsTaskDefinition=arn:of:fin-micro-stock-items:3"
                        + " MarketTaskDefinition=arn:of:fin-micro-stock-market:3"
                        + " TradeTaskDefinition=arn:of:fin-micro-stock-trade:3");
    }

    @Test
    void rollbackOfOneServiceLeavesTheOthers() throws Exception {
        rollback();

        FakeAccount.Result result = deploy("--only", "stock-trade");

        assertThat(result.code()).as(result.error()).isZero();
        assertThat(changes())
                .singleElement()
                .asString()
                .endsWith("Project=fin-micro TradeTaskDefinition=arn:of:fin-micro-stock-trade:3");
    }

    @Test
    void rollbackWithoutARevisionIsRefused() throws Exception {
        rollback();
        Files.delete(account.resolve("revisions/fin-micro-stock-trade"));

        assertRefused("no revision of task definition fin-micro-stock-trade has the image tag old");
    }

    /** Arranges an account in which the images of the tag {@code old} were deployed twice, before others. */
    private void rollback() throws IOException {
        deployed();
        Files.createFile(account.resolve("images"));
        Files.createDirectories(account.resolve("revisions"));
        for (String service : List.of("stock-balance", "stock-items", "stock-market", "stock-trade")) {
            String family = "fin-micro-" + service;
            Files.writeString(
                    account.resolve("revisions/" + family),
                    Stream.of("4 r/x:newer", "3 r/x:old", "2 r/x:old")
                            .map(revision -> "arn:of:" + family + ":" + revision + "\n")
                            .collect(Collectors.joining()));
        }
        environment.put("IMAGE_TAG", "old");
    }

    @Test
    void unsetParameterKeepsItsValue() throws Exception {
        deployed();
        environment.put("MOST_TASKS", "5");

        deploy();

        assertThat(changes())
                .anyMatch(call -> call.endsWith("TaskDefinition=arn:of:fin-micro-stock-trade:8 MostTasks=5"))
                .anyMatch(
                        call -> call.endsWith(
                                "ecs/network.yaml --capabilities CAPABILITY_IAM"
                                        + " --no-fail-on-empty-changeset --tags project=fin-micro --parameter-overrides Project=fin-micro"));
    }

    @Test
    void queuesOfARunningSystemCannotBeReplaced() throws Exception {
        deployed();
        environment.put("EXISTING_QUEUES", "true");

        assertRefused("fin-micro-messaging was created with Existing='false', which cannot be changed");
    }

    @Test
    void databaseOfARunningSystemIsNotReplacedByASnapshot() throws Exception {
        deployed();
        environment.put("SNAPSHOT_ID", "before-the-accident");

        assertRefused("fin-micro-database was created with SnapshotId='', which cannot be changed");
    }

    @Test
    void databaseIsRestoredFromASnapshot() throws Exception {
        environment.put("SNAPSHOT_ID", "before-the-accident");

        assertThat(deploy("--dry-run").out()).contains("Project=fin-micro SnapshotId=before-the-accident");
        environment.put("DATABASE_HOST", "old.example");
        environment.put("DATABASE_ADMINISTRATOR", "arn:aws:secretsmanager:ap-northeast-1:1:secret:old");
        assertRefused("set SNAPSHOT_ID or DATABASE_HOST, not both");
    }

    @Test
    void rejectedTaskDefinitionEndsTheScriptBeforeAnyServiceIsUpdated() throws Exception {
        deployed();
        Files.writeString(account.resolve("refused"), "stock-items");

        assertThat(deploy().code()).isNotZero();

        assertThat(changes()).noneMatch(call -> call.contains("fin-micro-services"));
    }

    @Test
    void failedSchemaTaskEndsTheScript() throws Exception {
        deployed();
        Files.writeString(account.resolve("exit"), "1");

        FakeAccount.Result result = deploy();

        assertThat(result.code()).isNotZero();
        assertThat(result.error()).contains("exited with 1: Essential container in task exited; see the log group");
        assertThat(changes()).noneMatch(call -> call.contains("fin-micro-services"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dryRunChangesNothing(boolean empty) throws Exception {
        if (!empty) {
            deployed();
        }

        FakeAccount.Result result = deploy("--dry-run");

        assertThat(result.code()).as(result.error()).isZero();
        assertThat(changes()).isEmpty();
        STACKS.forEach(stack -> assertThat(result.out()).contains("ecs/" + stack + ".yaml"));
    }

    @Test
    void removalOfAnExportInUseIsExplained() throws Exception {
        deployed();
        state("outputs/fin-micro-network", "fin-micro-OldGroup\tfin-micro-TradeGroup");
        state("imports/fin-micro-OldGroup", "fin-micro-services");
        state("imports/fin-micro-TradeGroup", "fin-micro-services");

        assertRefused(
                "stack fin-micro-network would remove the export fin-micro-OldGroup, which is imported by fin-micro-services:");
    }

    @Test
    void changedSubnetListIsExplained() throws Exception {
        deployed();
        environment.putAll(Map.of("VPC_ID", "v", "PUBLIC_SUBNETS", "a,b", "PRIVATE_SUBNETS", "c,d,e"));
        state("parameters/fin-micro-network", "VpcId\tv\nPublicSubnets\ta,b\nPrivateSubnets\tc,d");
        state("imports/fin-micro-VpcId", "fin-micro-entrance");
        state("imports/fin-micro-PublicSubnets", "fin-micro-entrance");
        state("imports/fin-micro-PrivateSubnets", "fin-micro-database\tfin-micro-services");

        assertRefused("stack fin-micro-network would change the export fin-micro-PrivateSubnets, "
                + "which is imported by fin-micro-database, fin-micro-services:");
    }

    @Test
    void replacementOfAnExportedResourceIsExplained() throws Exception {
        deployed();
        state("replaced/fin-micro-network", "DatabaseFromTrade\tTradeGroup");
        state("imports/fin-micro-TradeGroup", "fin-micro-services");

        assertRefused(
                "stack fin-micro-network would change the export fin-micro-TradeGroup, which is imported by fin-micro-services:");

        assertThat(fake.calls())
                .contains("aws cloudformation delete-change-set --change-set-name arn:of:changeSet/fin-micro-network");
    }

    @Test
    void exportsThatNoStackImportsMayChange() throws Exception {
        deployed();
        state("outputs/fin-micro-network", "fin-micro-OldGroup");
        state("replaced/fin-micro-network", "TradeGroup");
        state("parameters/fin-micro-cluster", "OidcIssuer\thttps://issuer.example/old");
        state("imports/fin-micro-DatabaseGroup", "fin-micro-database");

        assertThat(deploy().code()).isZero();
    }

    /** Its stack is updated first, so the change set of the importing stack cannot be created yet. */
    @Test
    void exportsMayBeAdded() throws Exception {
        deployed();
        state("preview", "Status: FAILED. Reason: No export named fin-micro-New found.");

        assertThat(deploy().code()).isZero();
    }

    @Test
    void updateThatCloudFormationRejectsIsReported() throws Exception {
        deployed();
        state("preview", "Status: FAILED. Reason: Template error");

        assertRefused("stack fin-micro-network cannot be updated: Status: FAILED. Reason: Template error");
    }

    private void state(String file, String content) throws IOException {
        Files.createDirectories(account.resolve(file).getParent());
        Files.writeString(account.resolve(file), content + "\n");
    }

    @Test
    void twoProjectsShareNoName() throws Exception {
        DryRun one = plan("fin-micro");
        DryRun other = plan("other");

        assertThat(one.names()).hasSizeGreaterThan(70).doesNotContainAnyElementsOf(other.names());
        assertThat(one.queuesAndTables()).hasSize(7).allMatch(name -> name.startsWith("fin-micro-"));
        assertThat(other.queuesAndTables()).allMatch(name -> name.startsWith("other-"));
    }

    @Test
    void existingQueuesAndCounterKeepTheirNames() throws Exception {
        environment.put("EXISTING_QUEUES", "true");

        assertThat(plan("other").queuesAndTables())
                .filteredOn(name -> !name.startsWith("other-")) // the alarms
                .hasSize(7)
                .containsAll(EmbeddedQueues.QUEUES)
                .contains(CounterTable.TABLE);
    }

    private DryRun plan(String name) throws IOException, InterruptedException {
        environment.put("PROJECT", name);
        FakeAccount.Result result = deploy("--dry-run");
        assertThat(result.code()).as(result.error()).isZero();
        DryRun plan = new DryRun(result.out());
        for (String family : TaskDefinitions.texts().keySet()) {
            plan.add(
                    new ObjectMapper()
                            .readTree(project.resolve("target/ecs/" + family + ".json")
                                    .toFile()),
                    name);
        }
        return plan;
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLBACK_COMPLETE, aws cloudformation delete-stack --stack-name fin-micro-cluster",
        "CREATE_FAILED, aws cloudformation delete-stack --stack-name fin-micro-cluster",
        "UPDATE_IN_PROGRESS, wait until it has finished",
        "UPDATE_ROLLBACK_FAILED, fix it in the CloudFormation console"
    })
    void stackInABadStateIsReported(String status, String remedy) throws Exception {
        Files.writeString(account.resolve("stacks/fin-micro-cluster"), status + "\n");

        assertRefused("fin-micro-cluster is in state " + status, remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "docker", "git", "java"})
    void missingToolIsReported(String tool) throws Exception {
        Files.delete(account.resolve("bin").resolve(tool));

        assertRefused(tool + " is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "no-credentials, no valid AWS credentials: run 'aws configure'",
        "denied, AccessDenied: not allowed",
        "engine-down, the Docker engine is not running",
        "dirty, commit your changes first"
    })
    void failedPreconditionIsReported(String what, String remedy) throws Exception {
        Files.createFile(account.resolve(what));

        assertRefused(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_REGION, '', set AWS_REGION",
        "PROJECT, My_App, PROJECT=My_App is invalid",
        "CPU_ARCHITECTURE, MIPS, CPU_ARCHITECTURE=MIPS is invalid",
        "PLATFORMS, linux/amd64, must include linux/arm64",
        "PLATFORMS, 'linux/amd64,linux/arm64', docker cannot build for linux/amd64 here",
        "MESSAGE_MODE, kafka, MESSAGE_MODE=kafka is invalid",
        "EXISTING_QUEUES, yes, EXISTING_QUEUES=yes is invalid",
        "MOST_TASKS, many, MOST_TASKS=many is not a whole number",
        "MAX_STORAGE, much, MAX_STORAGE=much is not a whole number",
        "VPC_ID, vpc-1, set all of VPC_ID PUBLIC_SUBNETS PRIVATE_SUBNETS or none",
        "DATABASE_HOST, old, set all of DATABASE_HOST DATABASE_ADMINISTRATOR or none",
        "OIDC_TOKEN_URI, '', set all of OIDC_ISSUER OIDC_AUDIENCE",
        "CERTIFICATE_ARN, arn:aws:acm:us-east-1:1:certificate/1, is not an ACM certificate in ap-northeast-1",
        "IMAGE_TAG, gone, image stock-balance:gone is not in the registry"
    })
    void invalidEnvironmentIsReported(String name, String value, String remedy) throws Exception {
        environment.put(name, value);

        assertRefused(remedy);
    }

    @Test
    void invalidArgumentIsReported() throws Exception {
        assertThat(deploy("--only", "stock-crypto").error()).contains("--only requires one of stock-balance");
        assertThat(deploy("--only").error()).contains("--only requires one of");
        assertThat(deploy("--force").error()).contains("unknown argument --force");
        assertThat(deploy("--only", "stock-trade").error()).contains("nothing is deployed yet");
        assertThat(changes()).isEmpty();
    }

    /** Expects one line of error with these words, and no change. */
    private void assertRefused(String... words) throws IOException, InterruptedException {
        FakeAccount.Result result = deploy();
        assertThat(result.code()).isNotZero();
        assertThat(result.error().lines()).singleElement().asString().contains(words);
        assertThat(changes()).isEmpty();
    }
}
