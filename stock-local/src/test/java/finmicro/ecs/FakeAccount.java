package finmicro.ecs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An AWS account that is a folder of files, and fakes of the programs with which the scripts in {@code ecs} change it:
 * {@code src/test/resources/ecs/tool} describes the files. Real AWS validation is not covered.
 */
final class FakeAccount {

    /** What a script has printed, and its exit code. */
    record Result(int code, String out, String error) {

        /** Both streams. */
        String text() {
            return out + error;
        }
    }

    private static final List<String> FAKES = List.of("aws", "docker", "git", "java", "sleep");
    private static final List<String> STANDARD = List.of(
            "bash",
            "sh",
            "env",
            "dirname",
            "basename",
            "cat",
            "grep",
            "sed",
            "sort",
            "tr",
            "cut",
            "head",
            "mkdir",
            "sha256sum",
            "tail",
            "awk");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    FakeAccount(Path folder) throws IOException {
        this.folder = folder;
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("stacks"));
        for (String name : FAKES) {
            fake(bin.resolve(name));
        }
        environment.put("ACCOUNT", folder.toString());
        environment.put("PATH", bin + ":" + standardPrograms());
        environment.put("AWS_REGION", "ap-northeast-1");
    }

    /** Creates a program that records its calls. */
    static void fake(Path program) throws IOException {
        Files.copy(Path.of("src/test/resources/ecs/tool"), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A folder with links to the standard programs only, because the system folders also have some of the tools. */
    private Path standardPrograms() throws IOException {
        Path usual = Files.createDirectories(folder.resolve("usual"));
        for (String program : STANDARD) {
            for (String system : List.of("/usr/bin", "/bin")) {
                Path file = Path.of(system, program);
                if (Files.exists(file) && Files.notExists(usual.resolve(program))) {
                    Files.createSymbolicLink(usual.resolve(program), file);
                }
            }
        }
        return usual;
    }

    /** The whole environment of the scripts; may be changed. */
    Map<String, String> environment() {
        return environment;
    }

    Result run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Result(builder.start().waitFor(), Files.readString(out), Files.readString(error));
    }

    /** All calls of the fakes, in order: {@code aws sts get-caller-identity}. */
    List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The calls that change the account. @param reads a pattern of the others */
    List<String> changes(String reads) throws IOException {
        return calls().stream().filter(call -> !call.matches(reads)).toList();
    }
}
