package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks that the servers' JVM options end the process on an out-of-memory error. */
class OutOfMemoryTest {

    /** Fills the heap in one thread, while another thread keeps the JVM running for a minute. */
    public static final class Filler {

        private Filler() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread filler = new Thread(() -> {
                List<byte[]> kept = new ArrayList<>();
                while (true) {
                    kept.add(new byte[1 << 20]);
                }
            });
            filler.start();
            TimeUnit.MINUTES.sleep(1);
        }
    }

    @Test
    void serviceEndsWhenItsHeapIsFull() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Filler.class.getName()));
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("out-of-memory", ".log").toFile())
                .start();
        try {
            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(service.exitValue()).isNotZero();
        } finally {
            service.destroyForcibly();
        }
    }

    private static List<String> options() throws Exception {
        return Files.readAllLines(Path.of("../liberty-config/jvm.options")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }
}
