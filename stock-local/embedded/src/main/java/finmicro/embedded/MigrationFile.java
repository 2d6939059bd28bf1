package finmicro.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration of the service under test, split into its statements.
 *
 * @param version its version number
 * @param name its file name
 * @param statements its statements in order, without comments
 */
record MigrationFile(int version, String name, List<String> statements) {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final Pattern SESSION = Pattern.compile("SET @|PREPARE |DEALLOCATE ");
    private static final Pattern COMMENT = Pattern.compile("--.*");

    /** Reads the migrations on the class path, sorted by version. */
    static List<MigrationFile> all() {
        try (var files = Files.list(Path.of(MigrationFile.class
                        .getResource("/db/migration/V1__old_schema.sql")
                        .toURI())
                .getParent())) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .map(MigrationFile::read)
                    .sorted(Comparator.comparingInt(MigrationFile::version))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a statement changes more than the state of its session. */
    boolean changesDatabase(int statement) {
        return !SESSION.matcher(statements.get(statement)).lookingAt();
    }

    private static MigrationFile read(Path file) {
        String name = file.getFileName().toString();
        Matcher version = NAME.matcher(name);
        version.matches();
        try {
            String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
            return new MigrationFile(
                    Integer.parseInt(version.group(1)),
                    name,
                    Arrays.stream(text.split(";"))
                            .map(String::strip)
                            .filter(statement -> !statement.isEmpty())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
