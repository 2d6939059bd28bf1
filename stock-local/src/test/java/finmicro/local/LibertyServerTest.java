package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a shell script in place of Liberty's {@code server}. It runs until it is ended. */
class LibertyServerTest {

    @TempDir
    Path folder;

    private LibertyServer server;

    @BeforeEach
    void startServer() throws IOException {
        var program = folder.resolve("wlp/bin/server");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var project = new Project(folder, folder.resolve("wlp"));
        server = new LibertyServer(project, Service.TRADE, folder.resolve("usr"), Map.of());
        server.startAgain(Map.of());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void crash() {
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        await().until(() -> !server.isAlive());
    }

    @Test
    void serverThatEndsUnexpectedlyHasDied() {
        assertThat(server.hasDied()).isFalse();

        crash();

        assertThat(server.hasDied()).isTrue();
    }

    @Test
    void serverThatIsStoppedOrKilledHasNotDied() {
        server.stop();
        assertThat(server.hasDied()).isFalse();
        server.startAgain(Map.of());

        server.kill();

        assertThat(server.hasDied()).isFalse();
    }

    @Test
    void serverWhoseEndIsAwaitedHasNotDied() {
        ProcessHandle.of(server.pid()).orElseThrow().destroy();

        assertThat(server.awaitEnd(Duration.ofSeconds(10))).isPositive();

        assertThat(server.hasDied()).isFalse();
    }

    @Test
    void restartAfterAKillDetectsTheNextCrash() {
        server.kill();
        server.startAgain(Map.of());

        crash();

        assertThat(server.hasDied()).isTrue();
    }
}
