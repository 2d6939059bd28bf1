package finmicro.ecs;

import finmicro.local.NpmFolder;
import java.nio.file.Path;

/** What these tests check with and npm has: schemas, a linter. */
final class Tools {

    /** What to say where they cannot be had. */
    static final String MISSING =
            "SKIPPED: node and npm are not on the path, and what checks ecs/ is fetched with them";

    private static final NpmFolder FOLDER = new NpmFolder(Path.of("ecs"), Path.of("target/ecs-tools"));

    private Tools() {}

    static boolean areAvailable() {
        return NpmFolder.npmIsAvailable();
    }

    /**
     * Installs them below {@code target}, unless they are there.
     *
     * @return the folder in which they are installed
     * @throws IllegalStateException when they cannot be
     */
    static Path installed() {
        FOLDER.install(FOLDER.target().resolve("npm.log"));
        return FOLDER.target();
    }
}
