package finmicro.system;

import finmicro.local.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Simulates a container of a service's image without a container engine: the files that {@code ecs/Dockerfile} copies, read-only
 * except for the mounts of the task definition, and a process without capabilities, so that even root cannot write to them.
 */
final class Container implements AutoCloseable {

    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) (/config/\\S*)$");
    private static final long STOP_SECONDS = 40;

    private final Project project;
    private final Path folder;
    private final Path config;
    private Process process;

    /** @param folder used by this container only; recreated */
    Container(Project project, String service, Path folder) throws IOException {
        this.project = project;
        this.folder = folder.toAbsolutePath();
        this.config = this.folder.resolve("usr/servers/defaultServer");
        remove();
        for (Path mounted : List.of(output(), logs())) {
            Files.createDirectories(mounted);
        }
        String dockerfile =
                Files.readString(project.root().resolve("ecs/Dockerfile")).replace("${SERVICE}", service);
        for (MatchResult copy : COPY.matcher(dockerfile).results().toList()) {
            copy(copy.group(1), copy.group(2));
        }
        Path bootstrap = config.resolve("bootstrap.properties");
        Files.writeString(bootstrap, Files.readString(bootstrap).replace("/config", config.toString()));
        setWritable(folder.resolve("usr"), false);
    }

    private void copy(String from, String to) throws IOException {
        Path source = project.root().resolve(from);
        Path target = config.resolve(to.substring("/config/".length()));
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = Files.isDirectory(source) ? target.resolve(source.relativize(file)) : target;
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
    }

    /** Starts the server with only these variables and those of the image. */
    void start(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        }
        command.addAll(List.of(project.liberty().resolve("bin/server").toString(), "run", "defaultServer"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "WLP_USER_DIR", folder.resolve("usr").toString(),
                        "WLP_OUTPUT_DIR", output().toString(),
                        "LOG_DIR", logs().toString()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Runs a health check, a shell command with paths of the container. Returns whether it succeeds. */
    boolean isHealthy(String check) throws IOException, InterruptedException {
        String here = check.replace("/output/", output().resolve("defaultServer") + "/");
        return new ProcessBuilder("sh", "-c", here)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Output of the process so far. */
    String console() {
        try {
            return Files.readString(folder.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The volume {@code /opt/ol/wlp/output}. */
    Path output() {
        return folder.resolve("output");
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    /** Stops the process as ECS does. Returns its exit code. */
    int stop() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            stop();
        }
        setWritable(folder.resolve("usr"), true);
    }

    private void remove() throws IOException {
        if (Files.exists(folder)) {
            setWritable(folder, true);
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void setWritable(Path folder, boolean writable) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                if (!file.toFile().setWritable(writable)) {
                    throw new IOException("cannot change the permissions of " + file);
                }
            }
        }
    }
}
