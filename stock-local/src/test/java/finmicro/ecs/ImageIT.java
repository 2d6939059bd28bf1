package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Builds the image of a service, if a container engine is available. */
class ImageIT {

    @Test
    void imageIsBuilt() throws Exception {
        assumeTrue(docker("info") == 0, "SKIPPED: no container engine is running, so no image was built");

        assertThat(docker(
                        "build",
                        "--file",
                        "ecs/Dockerfile",
                        "--build-arg",
                        "SERVICE=stock-market",
                        "--build-arg",
                        "REGION=ap-northeast-1",
                        "--tag",
                        "fin-micro/stock-market:it",
                        "."))
                .isZero();
    }

    private static int docker(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command)
                    .directory(TaskDefinitions.ECS.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return 127;
        }
    }
}
