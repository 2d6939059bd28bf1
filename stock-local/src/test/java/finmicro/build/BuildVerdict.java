package finmicro.build;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the reports of a build say about it: what did not run although it was asked for, and what was skipped. */
final class BuildVerdict {

    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\|.*\\| `(\\w+)\\.(\\w+)` \\|$", Pattern.MULTILINE);

    private final List<TestReport> reports;

    BuildVerdict(List<TestReport> reports) {
        this.reports = reports;
    }

    /**
     * The names that no test has which ran.
     *
     * @param asked names as {@code -Dit.test} has them, separated by commas: classes with {@code *} and {@code ?}, and methods
     *     after a {@code #}. Exclusions and regular expressions are not followed
     */
    List<String> unknown(String asked) {
        return Stream.of(asked.split(","))
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
     */
    List<String> unheld(String table) {
        return ROW.matcher(table)
                .results()
                .filter(row -> !isHeld(row.group(2), row.group(3)))
                .map(row -> row.group(1) + " (" + row.group(2) + "." + row.group(3) + ")")
                .toList();
    }

    private boolean isHeld(String type, String method) {
        var runs = reports.stream()
                .filter(report ->
                        report.simpleType().equals(type) && report.method().equals(method))
                .toList();
        return !runs.isEmpty() && runs.stream().allMatch(TestReport::passed);
    }

    /** How many integration tests ran. */
    long integrationTests() {
        return reports.stream()
                .filter(report -> report.integration() && report.skipped() == null)
                .count();
    }

    /**
     * One line on what was skipped and why.
     *
     * @param others what this build did not try at all, and how to try it
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
