package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/old-defects.md} and the tests it names agree. */
class OldDefectsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "stock-common",
            "stock-balance",
            "stock-items",
            "stock-market",
            "stock-trade",
            "stock-local/embedded",
            "stock-local");
    private static final int DEFECTS = 31;

    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\|.*\\| `(\\w+)\\.(\\w+)` \\|$", Pattern.MULTILINE);
    private static final Pattern TAG = Pattern.compile("\"old-defect-(\\d+)\"");

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/old-defects.md")))
                .results()
                .toList();
    }

    /** The source of each test class, by its name. */
    private static Map<String, String> tests() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .flatMap(OldDefectsTest::files)
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        OldDefectsTest::read,
                        String::concat));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDefectHasATestThatNamesIt() throws IOException {
        Map<String, String> tests = tests();

        assertThat(rows())
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DEFECTS).boxed().toList());
        for (MatchResult row : rows()) {
            assertThat(tests).as("row " + row.group(1)).containsKey(row.group(2));
            assertThat(annotations(tests.get(row.group(2)), row.group(3)))
                    .as(row.group())
                    .contains("\"old-defect-" + row.group(1) + "\"");
        }
    }

    /** The source between the previous method and this one. */
    private static String annotations(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        assertThat(at).as("the test " + method).isPositive();
        return source.substring(Math.max(0, source.lastIndexOf("}\n", at)), at);
    }

    @Test
    void everyTagBelongsToADefect() {
        assertThat(TAG.matcher(String.join("\n", tests().values())).results())
                .extracting(tag -> Integer.valueOf(tag.group(1)))
                .allSatisfy(number -> assertThat(number).isBetween(1, DEFECTS));
    }
}
