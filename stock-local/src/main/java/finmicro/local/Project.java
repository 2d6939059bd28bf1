package finmicro.local;

import java.nio.file.Path;

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
