package finmicro.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A partially executed migration: the process or the database stopped after some of its statements.
 *
 * @param file the interrupted migration; earlier ones are complete
 * @param done number of its statements executed; if all were, only its history row is missing
 * @param recorded whether Flyway could still record the migration as failed
 */
public record InterruptedMigration(MigrationFile file, int done, boolean recorded) {

    private static final String HISTORY = "flyway_schema_history";

    /**
     * All interruptions of all migrations of the service under test: before the migration, after each statement that changes
     * the database, and recorded as failed after the first statement.
     */
    public static Stream<InterruptedMigration> everywhere() {
        return MigrationFile.all().stream().flatMap(InterruptedMigration::within);
    }

    private static Stream<InterruptedMigration> within(MigrationFile file) {
        return Stream.concat(
                IntStream.rangeClosed(0, file.statements().size())
                        .filter(done -> done == 0 || file.changesDatabase(done - 1))
                        .mapToObj(done -> new InterruptedMigration(file, done, false)),
                Stream.of(new InterruptedMigration(file, 1, true)));
    }

    /**
     * Recreates a schema in the state after the interruption.
     *
     * @param migrated a fully migrated schema, from which the history rows are copied
     */
    public void arrange(DataSource dataSource, String schema, String migrated) throws SQLException {
        recreate(dataSource, schema);
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("USE " + schema);
            sql.execute("CREATE TABLE " + HISTORY + " LIKE " + migrated + "." + HISTORY);
            copyHistory(sql, migrated, "version < " + file.version());
            if (recorded) {
                copyHistory(sql, migrated, "version = " + file.version());
                sql.execute("UPDATE " + HISTORY + " SET success = FALSE WHERE version = " + file.version());
            }
            for (String statement : executed()) {
                sql.execute(statement);
            }
        }
    }

    /** Drops a schema and creates it again, empty. */
    public static void recreate(DataSource dataSource, String schema) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP DATABASE IF EXISTS " + schema);
            sql.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
        }
    }

    private static void copyHistory(Statement sql, String migrated, String which) throws SQLException {
        sql.execute("INSERT INTO " + HISTORY + " SELECT * FROM " + migrated + "." + HISTORY + " WHERE " + which);
    }

    private List<String> executed() {
        List<String> statements = new ArrayList<>();
        MigrationFile.all().stream()
                .filter(earlier -> earlier.version() < file.version())
                .forEach(earlier -> statements.addAll(earlier.statements()));
        statements.addAll(file.statements().subList(0, done));
        return statements;
    }

    @Override
    public String toString() {
        return file.name() + " after " + done + " of " + file.statements().size() + " statements"
                + (recorded ? ", recorded as failed" : "");
    }
}
