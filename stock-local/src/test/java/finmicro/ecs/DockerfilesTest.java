package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfilesTest {

    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\S+)");

    @TempDir
    private Path folder;

    private static String last(Pattern instruction, String dockerfile) {
        return instruction
                .matcher(dockerfile)
                .results()
                .reduce((first, second) -> second)
                .orElseThrow()
                .group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "schemas/Dockerfile"})
    void dockerfileHasNoLintErrors(String file) throws Exception {
        assumeTrue(Tools.areAvailable(), Tools.MISSING);

        assertThat(lint(TaskDefinitions.ECS.resolve(file))).isEmpty();
    }

    @Test
    void linterDetectsAnError() throws Exception {
        assumeTrue(Tools.areAvailable(), Tools.MISSING);
        Path invalid = Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPPY a b\n");

        assertThat(lint(invalid)).anyMatch(line -> line.contains("COPPY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "schemas/Dockerfile"})
    void baseIsPinnedAndTheUserIsNotRoot(String file) {
        String dockerfile = TaskDefinitions.read(TaskDefinitions.ECS.resolve(file));

        assertThat(last(FROM, dockerfile)).matches(".+:\\d+\\.\\d+.*");
        assertThat(last(USER, dockerfile)).matches("[1-9]\\d+");
    }

    private static List<String> lint(Path dockerfile) throws IOException, InterruptedException {
        Process linter = new ProcessBuilder(
                        "node",
                        Tools.installed()
                                .resolve("node_modules/.bin/dockerfile-utils")
                                .toString(),
                        "lint",
                        dockerfile.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines =
                new String(linter.getInputStream().readAllBytes()).lines().toList();
        assertThat(linter.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines;
    }
}
