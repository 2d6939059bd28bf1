package finmicro.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Test classes that run with {@code -Plong} only. Every other class runs in {@code verify}. */
final class LongTests {

    private static final String TAG = "\n@Tag(\"long\")\n";

    private LongTests() {}

    /** Returns the simple names of the classes whose source has the tag. */
    static Set<String> of(List<Path> modules) {
        return modules.stream()
                .map(module -> module.resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(LongTests::sources)
                .filter(LongTests::isTagged)
                .map(source -> source.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTagged(Path source) {
        try {
            return Files.readString(source).contains(TAG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
