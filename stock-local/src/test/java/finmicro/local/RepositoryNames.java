package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What documents can refer to: files, Java classes and their members, Maven profiles, and environment variables. */
final class RepositoryNames {

    private static final Pattern PROFILE = Pattern.compile("(?s)<profile>\\s*<id>([^<]+)</id>");
    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");
    private static final Set<String> GENERATED = Set.of("target", "node_modules");

    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private final Set<String> variables;
    private final Set<String> profiles;

    RepositoryNames(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean hidden =
                        name.startsWith(".") && !Set.of(".github", ".ci").contains(name);
                return !folder.equals(root) && (hidden || GENERATED.contains(name))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        variables = files.stream()
                .filter(RepositoryNames::usesVariables)
                .flatMap(file -> variablesIn(read(file)).stream())
                .collect(Collectors.toSet());
        profiles = files.stream()
                .filter(file -> file.endsWith("pom.xml"))
                .flatMap(file -> PROFILE.matcher(read(file)).results())
                .map(profile -> profile.group(1))
                .collect(Collectors.toSet());
    }

    /** The test of the documents itself has names that do not exist. */
    private static boolean usesVariables(Path file) {
        return !file.toString().matches(".*\\.(md|png|jar|html|lock)|.*/DocumentsTest\\.java");
    }

    /** As Latin-1, since some are no text. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> variablesIn(String text) {
        return VARIABLE.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    List<Path> markdownFiles() {
        return files.stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    boolean hasVariable(String name) {
        return variables.contains(name);
    }

    boolean hasProfile(String name) {
        return profiles.contains(name);
    }

    boolean hasFileNamed(String name) {
        return files.stream().anyMatch(file -> file.endsWith(name));
    }

    /** Whether the path exists, from the root, from the folder of the document, or from a module, as {@code src/main/java}. */
    boolean hasPath(Path document, String path) {
        return Files.exists(root.resolve(path))
                || Files.exists(document.resolveSibling(path))
                || files.stream()
                        .filter(file -> file.endsWith("pom.xml"))
                        .anyMatch(pom -> Files.exists(pom.resolveSibling(path)));
    }

    /**
     * Whether there is such a class.
     *
     * @param packageEnd the end of its package, with slashes; may be empty
     * @param member a method, field or nested class of it; may be empty
     */
    boolean hasClass(String packageEnd, String name, Optional<String> member) {
        return files.stream()
                .filter(file -> file.endsWith(Path.of(packageEnd, name + ".java")))
                .anyMatch(file -> member.isEmpty()
                        || Pattern.compile("\\b" + member.get() + "\\b")
                                .matcher(read(file))
                                .find());
    }
}
