package finmicro.ecs;

import finmicro.local.NpmFolder;
import java.nio.file.Path;

/** Npm packages used by these tests: resource schemas and a Dockerfile linter. */
final class Tools {

    /** Reason for skipping a test if they are not available. */
    static final String MISSING = "SKIPPED: node and npm are not on the path, which are required to check ecs/";

    private static final NpmFolder FOLDER = new NpmFolder(Path.of("ecs"), Path.of("target/ecs-tools"));

    private Tools() {}

    static boolean areAvailable() {
        return NpmFolder.npmIsAvailable();
    }

    /**
     * Installs them in {@code target} if necessary.
     *
     * @return the folder of the installation
     * @throws IllegalStateException if npm fails
     */
    static Path installed() {
        FOLDER.install(FOLDER.target().resolve("npm.log"));
        return FOLDER.target();
    }
}
