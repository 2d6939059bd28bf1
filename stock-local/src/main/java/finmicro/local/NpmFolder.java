package finmicro.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * An npm project, installed with the versions pinned by its lock file.
 *
 * @param source the folder with {@code package.json}, {@code package-lock.json} and scripts
 * @param target the folder to which the files are copied, and in which {@code node_modules} is created
 */
public record NpmFolder(Path source, Path target) {

    private static final Duration INSTALL = Duration.ofMinutes(3);

    /** Whether Node.js and npm are on the path. */
    public static boolean npmIsAvailable() {
        return Stream.of("node", "npm").allMatch(NpmFolder::onPath);
    }

    /**
     * Installs the packages, unless the pinned versions are already installed.
     *
     * @param log file for npm's output
     * @throws IllegalStateException if npm fails; the message has the last lines of its output
     * @throws UncheckedIOException if a folder cannot be read or written
     */
    public void install(Path log) {
        try {
            var current = isCurrent();
            Files.createDirectories(target);
            copyFiles();
            if (!current) {
                // No package needs an install script, so scripts are disabled for security.
                var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
                ChildProcess.start("npm ci", npm.directory(target.toFile()), log)
                        .awaitSuccess(INSTALL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isCurrent() throws IOException {
        var lock = "package-lock.json";
        return Files.exists(target.resolve("node_modules/.package-lock.json"))
                && Files.readString(target.resolve(lock)).equals(Files.readString(source.resolve(lock)));
    }

    private void copyFiles() throws IOException {
        try (var files = Files.list(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
