package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.LibertyServer;
import finmicro.local.Project;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnexpectedAnswerTest {

    private static final String WARNING = "[11/29/26, 2:20:00:000 UTC] 0000003f finmicro.trade.X W queue.away\n";
    private static final String FAILURE = "[11/29/26, 2:20:01:000 UTC] 0000003f finmicro.common.X E request.failed\n"
            + "java.lang.IllegalStateException: closed\n\tat finmicro.trade.order.X.y(X.java:1)\n";

    private final LibertyServer task;

    UnexpectedAnswerTest(@TempDir Path folder) {
        task = new LibertyServer(new Project(folder, folder), Service.TRADE, folder.resolve("usr"), Map.of());
    }

    @BeforeEach
    void logBefore() throws IOException {
        Files.createDirectories(task.log().getParent());
        Files.writeString(task.log(), FAILURE.replace("closed", "earlier"));
    }

    @Test
    void showsTheFailureWithItsStackTrace() throws IOException {
        UnexpectedAnswer answer = new UnexpectedAnswer("500", new Log(task));
        append(WARNING + FAILURE);

        assertThat(answer).hasToString("500\n" + FAILURE.stripTrailing());
    }

    @Test
    void showsWarningsIfNoFailureIsLogged() throws IOException {
        UnexpectedAnswer answer = new UnexpectedAnswer("500", new Log(task));
        append(WARNING + "other\n");

        assertThat(answer).hasToString("500\n" + WARNING.stripTrailing());
    }

    private void append(String lines) throws IOException {
        Files.writeString(task.log(), lines, StandardOpenOption.APPEND);
    }
}
