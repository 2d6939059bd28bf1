package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs/destroy.sh} against an account that is a folder of files, in which every stack exists. */
class DestroyScriptTest {

    private static final List<String> STACKS =
            List.of("observability", "services", "entrance", "cluster", "database", "messaging", "network", "registry");
    private static final String READS = "aws (sts|cloudformation describe|dynamodb describe).*";
    private static final String DELETE = "aws cloudformation delete-stack --stack-name fin-micro-";

    @TempDir
    private Path account;

    private record Result(int code, String out, List<String> changes) {}

    @BeforeEach
    void everyStackExists() throws IOException {
        Files.createDirectories(account.resolve("stacks"));
        for (String stack : STACKS) {
            Files.createFile(account.resolve("stacks/fin-micro-" + stack));
        }
        Path aws = Files.createDirectories(account.resolve("bin")).resolve("aws");
        Files.copy(Path.of("src/test/resources/ecs/tool"), aws);
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result destroy(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(TaskDefinitions.ECS
                                        .resolve("destroy.sh")
                                        .toString()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(account.resolve("out").toFile());
        builder.environment().put("ACCOUNT", account.toString());
        builder.environment().put("AWS_REGION", "ap-northeast-1");
        builder.environment().put("PATH", account.resolve("bin") + ":" + System.getenv("PATH"));
        int code = builder.start().waitFor();
        List<String> calls =
                Files.exists(account.resolve("calls")) ? Files.readAllLines(account.resolve("calls")) : List.of();
        return new Result(
                code,
                Files.readString(account.resolve("out")),
                calls.stream()
                        .filter(call -> !call.matches(READS) && !call.contains(" wait "))
                        .toList());
    }

    @Test
    void protectedDataIsNotDeletedWithoutForce() throws Exception {
        Result result = destroy("fin-micro");

        assertThat(result.code()).isNotZero();
        assertThat(result.out()).contains("fin-micro-database-Server", "fin-micro-messaging-Counter", "--force");
        assertThat(result.changes()).isEmpty();
    }

    /** Each protection is lifted only when its stack is deleted, in case the removal fails before. */
    @Test
    void forceLiftsTheProtections() throws Exception {
        Result result = destroy("--force", "fin-micro");

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.changes())
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

        Result result = destroy("fin-micro");

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.changes())
                .containsExactlyElementsOf(
                        STACKS.stream().map(stack -> DELETE + stack).toList());
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        Result result = destroy("--dry-run", "--force", "fin-micro");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("would run: aws rds modify-db-instance", "would run: " + DELETE + "registry");
        assertThat(result.changes()).isEmpty();
    }

    @Test
    void invalidArgumentsAreReported() throws Exception {
        assertThat(destroy().out()).contains("the project name is required");
        assertThat(destroy("--froce", "fin-micro").out()).contains("unknown argument --froce");
    }
}
