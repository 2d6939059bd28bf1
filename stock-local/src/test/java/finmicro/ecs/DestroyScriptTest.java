package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs/destroy.sh} against the {@link FakeAccount}, in which every stack exists. */
class DestroyScriptTest {

    private static final List<String> STACKS =
            List.of("observability", "services", "entrance", "cluster", "database", "messaging", "network", "registry");
    private static final String READS = "aws (sts|cloudformation describe|dynamodb describe).*|.* wait .*";
    private static final String DELETE = "aws cloudformation delete-stack --stack-name fin-micro-";

    @TempDir
    private Path account;

    private FakeAccount fake;

    @BeforeEach
    void everyStackExists() throws IOException {
        fake = new FakeAccount(account);
        for (String stack : STACKS) {
            Files.createFile(account.resolve("stacks/fin-micro-" + stack));
        }
    }

    private FakeAccount.Result destroy(String... arguments) throws IOException, InterruptedException {
        return fake.run(TaskDefinitions.ECS.resolve("destroy.sh"), arguments);
    }

    private List<String> changes() throws IOException {
        return fake.changes(READS);
    }

    @Test
    void protectedDataIsNotDeletedWithoutForce() throws Exception {
        FakeAccount.Result result = destroy("fin-micro");

        assertThat(result.code()).isNotZero();
        assertThat(result.text()).contains("fin-micro-database-Server", "fin-micro-messaging-Counter", "--force");
        assertThat(changes()).isEmpty();
    }

    /** Each protection is lifted only when its stack is deleted, in case the removal fails before. */
    @Test
    void forceLiftsTheProtections() throws Exception {
        FakeAccount.Result result = destroy("--force", "fin-micro");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(changes())
                .containsExactly(
                        DELETE + "observability",
                        DELETE + "services",
                        DELETE + "entrance",
                        DELETE + "cluster",
                        "aws rds modify-db-instance --db-instance-identifier fin-micro-database-Server"
                                + " --no-deletion-protection --apply-immediately",
                        DELETE + "database",
                        "aws dynamodb update-table --table-name fin-micro-messaging-Counter"
                                + " --no-deletion-protection-enabled",
                        "aws dynamodb delete-table --table-name fin-micro-messaging-Counter",
                        DELETE + "messaging",
                        DELETE + "network",
                        DELETE + "registry");
    }

    @Test
    void existingDatabaseAndCounterAreKept() throws Exception {
        Files.createFile(account.resolve("existing"));

        FakeAccount.Result result = destroy("fin-micro");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(changes())
                .containsExactlyElementsOf(
                        STACKS.stream().map(stack -> DELETE + stack).toList());
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        FakeAccount.Result result = destroy("--dry-run", "--force", "fin-micro");

        assertThat(result.code()).isZero();
        assertThat(result.text())
                .contains("would run: aws rds modify-db-instance", "would run: " + DELETE + "registry");
        assertThat(changes()).isEmpty();
    }

    @Test
    void invalidArgumentsAreReported() throws Exception {
        assertThat(destroy().text()).contains("the project name is required");
        assertThat(destroy("--froce", "fin-micro").text()).contains("unknown argument --froce");
    }
}
