package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ecs/redrive.sh} against the {@link FakeAccount}. */
class RedriveScriptTest {

    private static final String START =
            "aws sqs start-message-move-task --source-arn arn:of:fin-micro-stock-prices-que-dlq";

    @TempDir
    private Path account;

    private FakeAccount fake;
    private String out;

    @BeforeEach
    void emptyAccount() throws IOException {
        fake = new FakeAccount(account);
    }

    private int redrive(String... arguments) throws IOException, InterruptedException {
        FakeAccount.Result result = fake.run(TaskDefinitions.ECS.resolve("redrive.sh"), arguments);
        out = result.text();
        return result.code();
    }

    @Test
    void allMessagesAreMovedBeforeItEnds() throws Exception {
        Files.writeString(account.resolve("move"), "RUNNING\t1\tNone\nCOMPLETED\t3\tNone\n");

        assertThat(redrive("fin-micro-stock-prices-que")).isZero();

        assertThat(out)
                .isEqualTo("fin-micro-stock-prices-que-dlq: about 3 messages\n"
                        + "moved 3 messages to fin-micro-stock-prices-que\n");
        assertThat(fake.calls()).containsOnlyOnce(START, "sleep 2");
    }

    @Test
    void rateIsPassedOn() throws Exception {
        Files.writeString(account.resolve("move"), "COMPLETED\t3\tNone\n");

        assertThat(redrive("--rate", "10", "fin-micro-stock-prices-que-dlq")).isZero();

        assertThat(fake.calls()).containsOnlyOnce(START + " --max-number-of-messages-per-second 10");
    }

    @Test
    void dryRunMovesNothing() throws Exception {
        assertThat(redrive("fin-micro-stock-prices-que", "--dry-run")).isZero();

        assertThat(out).contains("about 3 messages", "would run: " + START);
        assertThat(fake.calls()).allMatch(call -> call.startsWith("aws sqs get-queue-"));
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
        assertThat(fake.calls()).noneMatch(call -> call.contains("move"));
    }
}
