package finmicro.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last step of a build. It fails the build if {@code -Dit.test} names a test that did not run, and after all
 * tests of a tier if a row of {@code docs/old-defects.md} has no test that ran and passed. It ends with one line on what was
 * skipped and why.
 */
public final class BuildReport {

    private static final List<String> MODULES = List.of(
            "stock-local/embedded",
            "stock-common",
            "stock-balance",
            "stock-items",
            "stock-market",
            "stock-trade",
            "stock-local");

    private static final String LONG = "long";

    private BuildReport() {}

    /**
     * @param arguments the root folder, the start of the build as {@code 2020-05-26T09:00:00Z}, and properties of the build as
     *     {@code name=value}. The value of an unset property is a placeholder or empty
     * @throws IllegalStateException with the reason why the build fails
     */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]);
        var properties = properties(arguments);
        if (isTrue(properties, "skipTests") || isTrue(properties, "skipITs")) {
            return;
        }
        var modules = MODULES.stream().map(root::resolve).toList();
        var verdict = new BuildVerdict(TestReport.since(Instant.parse(arguments[1]), modules));
        check(verdict, properties, Files.readString(root.resolve("docs/old-defects.md")), LongTests.of(modules));
        System.out.println("[INFO] " + verdict.skipped(notRun(properties)));
    }

    private static Map<String, String> properties(String[] arguments) {
        var properties = new HashMap<String, String>();
        Stream.of(arguments).skip(2).map(argument -> argument.split("=", 2)).forEach(pair -> {
            if (!pair[1].isBlank() && !pair[1].startsWith("${")) {
                properties.put(pair[0], pair[1]);
            }
        });
        return properties;
    }

    static void check(BuildVerdict verdict, Map<String, String> properties, String oldDefects, Set<String> longTests) {
        if (properties.containsKey("it.test")) {
            fail("no integration test ran that matches -Dit.test", verdict.unknown(properties.get("it.test")));
        } else if (verdict.integrationTests() == 0) {
            throw new IllegalStateException("no integration test ran");
        }
        if (isTier(properties)) {
            var tier = LONG.equals(properties.get("groups"));
            fail(
                    "no test ran and passed for these rows of docs/old-defects.md",
                    verdict.unproven(oldDefects, type -> longTests.contains(type) == tier));
        }
    }

    private static void fail(String problem, List<String> names) {
        if (!names.isEmpty()) {
            throw new IllegalStateException(problem + ": " + String.join(", ", names));
        }
    }

    private static boolean isTrue(Map<String, String> properties, String name) {
        return "true".equals(properties.get(name));
    }

    /** Whether the build ran all tests of a tier: the usual ones, or those of {@code -Plong}. */
    private static boolean isTier(Map<String, String> properties) {
        return Stream.of("it.test", "test").noneMatch(properties::containsKey)
                && properties.getOrDefault("groups", LONG).equals(LONG)
                && properties.get("local.database").equals("mariadb");
    }

    private static List<String> notRun(Map<String, String> properties) {
        var notRun = new ArrayList<String>();
        if (isTier(properties)) {
            notRun.add(
                    properties.containsKey("groups")
                            ? "all other tests: ./mvnw verify"
                            : "long tests: ./mvnw -Plong verify");
        }
        if (!"mysql".equals(properties.get("local.database"))) {
            notRun.add("MySQL: ./mvnw -Pmysql verify");
        }
        if (!LONG.equals(properties.get("chaos"))) {
            notRun.add("long chaos: ./mvnw -Pchaos verify");
        }
        if (Stream.of("it.test", "test", "groups").anyMatch(properties::containsKey) && !isTier(properties)) {
            notRun.add("tests outside of the selection");
        }
        return notRun;
    }
}
