package finmicro.trade;

import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.PersistenceUnit;
import finmicro.embedded.ThreadBoundDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real database with stock-trade's schema and sample rows, one for all test classes of the JVM. */
public final class TradeDatabase {

    public static final ThreadBoundDataSource DATA_SOURCE = start();

    /** stock-trade's own persistence unit. */
    public static final PersistenceUnit UNIT = new PersistenceUnit("trade", DATA_SOURCE);

    private TradeDatabase() {}

    private static ThreadBoundDataSource start() {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(Path.of("target/trade-it"), 0).closeOnExit();
        ThreadBoundDataSource started = new ThreadBoundDataSource(database.jdbcUrl("StockTrade"));
        new Migration(started).prepare();
        return started;
    }

    /** Runs statements in one transaction, beside any other. Returns how many rows they changed. */
    public static int sql(String... statements) throws SQLException {
        try (Connection connection = beside();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            int changed = 0;
            for (String statement : statements) {
                changed += sql.executeUpdate(statement);
            }
            connection.commit();
            return changed;
        }
    }

    /** The first column of the first row, read beside any transaction. */
    public static String value(String query) throws SQLException {
        try (Connection connection = beside();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A counter of the database server since its start: {@code Com_select}. */
    public static long status(String counter) throws SQLException {
        try (Connection connection = beside();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SHOW GLOBAL STATUS LIKE '" + counter + "'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** The journal of an account: {@code 1 opening-alice 100000 yen; 2 trade-20001 -24300 yen 10 A002}. */
    public static String journal(String account) throws SQLException {
        return value("SELECT COALESCE(GROUP_CONCAT(CONCAT_WS(' ', sequence, effect_key, cash, 'yen',"
                + " IF(shares = 0, NULL, shares), stock_code) ORDER BY sequence SEPARATOR '; '), '')"
                + " FROM account_effects WHERE account = '" + account + "'");
    }

    private static Connection beside() throws SQLException {
        return new ThreadBoundDataSource(DATA_SOURCE.getUrl()).getConnection();
    }
}
