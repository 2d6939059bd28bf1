package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerIT {

    static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    Process runner;

    @AfterEach
    void killLeftoverProcesses() {
        Stream.concat(runner.descendants(), Stream.of(runner.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void sigtermToOnlyTheRunnerLeavesNoProcessBehind() throws Exception {
        startStack(Ports.free());
        var children = runner.descendants().toList();

        send("TERM", List.of(runner.toHandle()));

        assertThat(exitCode()).isEqualTo(143);
        assertThat(children).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void controlCToTheWholeGroupLeavesNoProcessBehind() throws Exception {
        startStack(Ports.free());
        var children = runner.descendants().toList();
        var group = new ArrayList<>(children);
        group.add(runner.toHandle());

        send("INT", group);

        assertThat(exitCode()).isEqualTo(130);
        assertThat(children).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aSignalDuringStartupLeavesNoProcessBehind() throws Exception {
        start(Ports.free());
        await().atMost(TIMEOUT).until(() -> runner.descendants().findAny().isPresent());

        send("TERM", List.of(runner.toHandle()));

        assertThat(exitCode()).isEqualTo(143);
        assertThat(output()).doesNotContain("Ready");
        assertThat(ProcessHandle.allProcesses().filter(RunnerIT::belongsToTheRunner))
                .isEmpty();
    }

    @Test
    void aPortInUseIsReportedInOneLine() throws Exception {
        var ports = Ports.free();
        try (var owner = new ServerSocket(ports.of(Port.DYNAMODB), 1, InetAddress.getLoopbackAddress())) {
            start(ports);

            assertThat(exitCode()).isEqualTo(1);
            assertThat(output())
                    .isEqualToIgnoringNewLines(
                            "Port %d (dynamodb) is in use: choose another with -Dport.dynamodb=<number>"
                                    .formatted(owner.getLocalPort()));
        }
    }

    private void startStack(Ports ports) throws IOException {
        start(ports);
        await().atMost(TIMEOUT).until(() -> !runner.isAlive() || output().contains("Ready"));
        assertThat(runner.isAlive()).as(output()).isTrue();
    }

    private void start(Ports ports) throws IOException {
        // A build in the background may ignore SIGINT. Its children would inherit that.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        for (var property : List.of("local.root", "local.liberty")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-Dlocal.work=it-runner");
        for (var port : Port.values()) {
            command.add("-D" + port.property() + "=" + ports.of(port));
        }
        command.addAll(List.of("finmicro.local.Main", "stack"));
        runner = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private static void send(String signal, List<ProcessHandle> processes) throws Exception {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static boolean belongsToTheRunner(ProcessHandle process) {
        var folder = Project.located().target("it-runner").toString();
        return process.info()
                .commandLine()
                .filter(line -> line.contains(folder))
                .isPresent();
    }

    private int exitCode() throws InterruptedException {
        assertThat(runner.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return runner.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
