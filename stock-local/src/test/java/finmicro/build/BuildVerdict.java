package finmicro.build;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evaluates the test reports of a build: tests that were requested but did not run, and tests that were skipped. */
final class BuildVerdict {

    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\|.*\\| `(\\w+)\\.(\\w+)` \\|$", Pattern.MULTILINE);

    private final List<TestReport> reports;

    BuildVerdict(List<TestReport> reports) {
        this.reports = reports;
    }

    /**
     * Requested names that match no test that ran.
     *
     * @param selection the value of {@code -Dit.test}, names separated by commas: classes with {@code *} and {@code ?}, and
     *     methods after a {@code #}. Exclusions and regular expressions are ignored
     */
    List<String> unknown(String selection) {
        return Stream.of(selection.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.startsWith("!") && !name.startsWith("%"))
                .filter(name -> reports.stream()
                        .filter(TestReport::integration)
                        .noneMatch(report -> isNamed(report, name) || isSkipped(report, name)))
                .toList();
    }

    /** A class that is skipped as a whole exists, but its report names no methods. */
    private static boolean isSkipped(TestReport report, String name) {
        return report.skipped() != null && isNamed(report, name.replaceFirst("#.*", ""));
    }

    private static boolean isNamed(TestReport report, String name) {
        var parts = name.split("#", 2);
        var type = parts[0].replaceFirst("\\.(java|class)$", "").replaceFirst(".*[./]", "");
        return matches(type, report.simpleType())
                && (parts.length == 1
                        || Stream.of(parts[1].split("\\+")).anyMatch(method -> matches(method, report.method())));
    }

    private static boolean matches(String glob, String text) {
        var regex = Stream.of(glob.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
        return text.matches(regex);
    }

    /**
     * The rows of the table of old defects whose test did not run, was skipped, or failed.
     *
     * @param table {@code docs/old-defects.md}
     * @param tier whether a class, by its simple name, belongs to the tests of this build
     */
    List<String> unproven(String table, Predicate<String> tier) {
        return ROW.matcher(table)
                .results()
                .filter(row -> tier.test(row.group(2)))
                .filter(row -> !isProven(row.group(2), row.group(3)))
                .map(row -> row.group(1) + " (" + row.group(2) + "." + row.group(3) + ")")
                .toList();
    }

    private boolean isProven(String type, String method) {
        var runs = reports.stream()
                .filter(report ->
                        report.simpleType().equals(type) && report.method().equals(method))
                .toList();
        return !runs.isEmpty() && runs.stream().allMatch(TestReport::passed);
    }

    /** Number of integration tests that ran. */
    long integrationTests() {
        return reports.stream()
                .filter(report -> report.integration() && report.skipped() == null)
                .count();
    }

    /**
     * One line on what was skipped and why.
     *
     * @param others tests that this build did not run at all, and how to run them
     */
    String skipped(List<String> others) {
        var reasons = new ArrayList<String>();
        reports.stream()
                .filter(report -> report.skipped() != null)
                .collect(Collectors.groupingBy(
                        report -> report.simpleType() + ": " + reason(report), TreeMap::new, Collectors.counting()))
                .forEach((reason, count) -> reasons.add(reason + (count > 1 ? " (" + count + " tests)" : "")));
        reasons.addAll(others);
        return "Skipped: " + (reasons.isEmpty() ? "nothing" : String.join("; ", reasons));
    }

    private static String reason(TestReport report) {
        var text = report.skipped().lines().findFirst().orElse("").replaceFirst("^Assumption failed: ", "");
        text = text.replaceFirst("^SKIPPED: ", "");
        return text.isEmpty() ? "no reason given" : text;
    }
}
