package finmicro.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The tables, columns, indexes and rows of a schema, as lines for comparison. Flyway's history is excluded. */
public final class SchemaSnapshot {

    private static final String OURS = " WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history' ";

    private SchemaSnapshot() {}

    /** The lines of the connection's schema; rows are grouped by table. */
    public static List<String> of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            List<String> lines = rows(
                    sql,
                    "SELECT 'table', table_name, engine, table_collation, row_format FROM information_schema.tables"
                            + OURS + "ORDER BY table_name");
            lines.addAll(rows(
                    sql,
                    "SELECT 'column', table_name, ordinal_position, column_name, column_type, is_nullable, column_default, extra,"
                            + " collation_name FROM information_schema.columns" + OURS
                            + "ORDER BY table_name, ordinal_position"));
            lines.addAll(rows(
                    sql,
                    "SELECT 'index', table_name, index_name, seq_in_index, column_name, non_unique, index_type"
                            + " FROM information_schema.statistics" + OURS
                            + "ORDER BY table_name, index_name, seq_in_index"));
            for (String table :
                    rows(sql, "SELECT table_name FROM information_schema.tables" + OURS + "ORDER BY table_name")) {
                lines.addAll(rows(sql, "SELECT '" + table + "', t.* FROM " + table + " t").stream()
                        .sorted()
                        .toList());
            }
            return lines;
        }
    }

    private static List<String> rows(Statement sql, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                lines.add(String.join(" ", values.stream().map(String::valueOf).toList()));
            }
        }
        return lines;
    }
}
