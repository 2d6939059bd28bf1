package finmicro.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A schema of the old system: its tables and rows, without a migration history. */
public final class OldDatabase {

    private OldDatabase() {}

    /** Executes the service's V1 migration, which is the old schema, statement by statement like the old system's script. */
    public static void create(DataSource dataSource) throws SQLException, IOException {
        try (InputStream script = OldDatabase.class.getResourceAsStream("/db/migration/V1__old_schema.sql");
                Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            for (String statement : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";")) {
                if (!statement.isBlank()) {
                    sql.execute(statement);
                }
            }
        }
    }

    /** Executes one statement. */
    public static void run(DataSource dataSource, String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** The first column of the first row. */
    public static String value(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Number of tables without a primary key in the connection's schema. */
    public static String tablesWithoutKey(DataSource dataSource) throws SQLException {
        return value(
                dataSource,
                "SELECT COUNT(*) FROM information_schema.tables t WHERE t.table_schema = DATABASE()"
                        + " AND NOT EXISTS (SELECT 1 FROM information_schema.table_constraints c"
                        + " WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name"
                        + " AND c.constraint_type = 'PRIMARY KEY')");
    }

    /** Number of columns with floating-point numbers in the connection's schema. */
    public static String floatingPointColumns(DataSource dataSource) throws SQLException {
        return value(
                dataSource,
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND data_type IN ('float', 'double')");
    }
}
