package finmicro.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of the project with the build's output.
 *
 * @param root the folder with the root pom
 * @param liberty the {@code wlp} folder of the unpacked Liberty
 */
public record Project(Path root, Path liberty) {

    /** Reads the system properties {@code local.root} and {@code local.liberty}, set by the build. */
    public static Project located() {
        return new Project(folder("local.root"), folder("local.liberty"));
    }

    /** A folder in {@code stock-local/target}. */
    public Path target(String name) {
        return root.resolve("stock-local/target").resolve(name);
    }

    /**
     * The class path of a submodule of stock-local, as written to a file by its build.
     *
     * @param module such as {@code dynamodb}
     */
    public String classPath(String module) {
        var built = root.resolve("stock-local").resolve(module).resolve("target");
        try {
            var libraries = Files.readString(built.resolve("classpath.txt")).strip();
            return String.join(
                    File.pathSeparator, List.of(built.resolve("classes").toString(), libraries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path module(Service service) {
        return root.resolve(service.artifact());
    }

    private static Path folder(String property) {
        var value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("the system property " + property + " is missing");
        }
        return Path.of(value).toAbsolutePath();
    }
}
