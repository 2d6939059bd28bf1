package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ecs/redrive.sh} against the fake of AWS. */
class RedriveScriptTest {

    private static final String START =
            "aws sqs start-message-move-task --source-arn arn:of:fin-micro-stock-prices-que-dlq";

    @TempDir
    private Path account;

    private String out;

    @BeforeEach
    void programs() throws IOException {
        for (String name : List.of("aws", "sleep")) {
            Files.copy(Path.of("src/test/resources/ecs/tool"), account.resolve(name));
            assertThat(account.resolve(name).toFile().setExecutable(true)).isTrue();
        }
    }

    private int redrive(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(TaskDefinitions.ECS.resolve("redrive.sh").toString()));
        command.addAll(List.of(arguments));
        Path output = account.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("ACCOUNT", account.toString());
        builder.environment().merge("PATH", account + ":", (path, first) -> first + path);
        int code = builder.start().waitFor();
        out = Files.readString(output);
        return code;
    }

    private List<String> calls() throws IOException {
        Path calls = account.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void allMessagesAreMovedBeforeItEnds() throws Exception {
        Files.writeString(account.resolve("move"), "RUNNING\t1\tNone\nCOMPLETED\t3\tNone\n");

        assertThat(redrive("fin-micro-stock-prices-que")).isZero();

        assertThat(out)
                .isEqualTo("fin-micro-stock-prices-que-dlq: about 3 messages\n"
                        + "moved 3 messages to fin-micro-stock-prices-que\n");
        assertThat(calls()).containsOnlyOnce(START, "sleep 2");
    }

    @Test
    void rateIsPassedOn() throws Exception {
        Files.writeString(account.resolve("move"), "COMPLETED\t3\tNone\n");

        assertThat(redrive("--rate", "10", "fin-micro-stock-prices-que-dlq")).isZero();

        assertThat(calls()).containsOnlyOnce(START + " --max-number-of-messages-per-second 10");
    }

    @Test
    void dryRunMovesNothing() throws Exception {
        assertThat(redrive("fin-micro-stock-prices-que", "--dry-run")).isZero();

        assertThat(out).contains("about 3 messages", "would run: " + START);
        assertThat(calls()).allMatch(call -> call.startsWith("aws sqs get-queue-"));
    }

    @Test
    void failedMoveIsReported() throws Exception {
        Files.writeString(account.resolve("move"), "FAILED\t1\tAccess denied\n");

        assertThat(redrive("fin-micro-stock-prices-que")).isNotZero();

        assertThat(out).contains("the move ended with FAILED after 1 messages: Access denied");
    }

    @ParameterizedTest
    @CsvSource({
        "'', usage: ecs/redrive.sh QUEUE",
        "one two, more than one queue",
        "one --rate, --rate requires a number from 1 to 500",
        "one --rate 501, --rate requires a number from 1 to 500",
        "one --all, unknown argument --all",
        "missing, cannot find the queue missing-dlq"
    })
    void invalidArgumentIsReported(String arguments, String message) throws Exception {
        assertThat(redrive(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isNotZero();

        assertThat(out).contains(message);
        assertThat(calls()).noneMatch(call -> call.contains("move"));
    }
}
