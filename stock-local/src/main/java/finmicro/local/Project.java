package finmicro.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the build left what is to be started.
 *
 * @param root the folder of the root pom
 * @param liberty the unpacked Liberty, its {@code wlp} folder
 */
public record Project(Path root, Path liberty) {

    /** As the build says in the system properties {@code local.root} and {@code local.liberty}. */
    public static Project located() {
        return new Project(folder("local.root"), folder("local.liberty"));
    }

    /** A folder below {@code stock-local/target}. */
    public Path target(String name) {
        return root.resolve("stock-local/target").resolve(name);
    }

    /**
     * The class path of one of stock-local's own modules, which its build has written down.
     *
     * @param module {@code dynamodb}, say
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
