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

/** A real database with the schema and sample rows of stock-trade, shared by all test classes in the JVM. */
public final class TradeDatabase {

    public static final ThreadBoundDataSource DATA_SOURCE = start();

    /** The persistence unit of stock-trade. */
    public static final PersistenceUnit UNIT = new PersistenceUnit("trade", DATA_SOURCE);

    private TradeDatabase() {}

    private static ThreadBoundDataSource start() {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(Path.of("target/trade-it"), 0).closeOnExit();
        ThreadBoundDataSource started = new ThreadBoundDataSource(database.jdbcUrl("StockTrade"));
        new Migration(started).prepare();
        return started;
    }

    /** Runs statements in a separate transaction. Returns the number of changed rows. */
    public static int sql(String... statements) throws SQLException {
        try (Connection connection = newConnection();
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

    /** Returns the first column of the first row, read in a separate transaction. */
    public static String value(String query) throws SQLException {
        try (Connection connection = newConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns a counter of the database server since its start: {@code Com_select}. */
    public static long status(String counter) throws SQLException {
        try (Connection connection = newConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SHOW GLOBAL STATUS LIKE '" + counter + "'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** Returns the journal of an account: {@code 1 opening-alice 100000 yen; 2 trade-20001 -24300 yen 10 A002}. */
    public static String journal(String account) throws SQLException {
        return value("SELECT COALESCE(GROUP_CONCAT(CONCAT_WS(' ', sequence, effect_key, cash, 'yen',"
                + " IF(shares = 0, NULL, shares), stock_code) ORDER BY sequence SEPARATOR '; '), '')"
                + " FROM account_effects WHERE account = '" + account + "'");
    }

    private static Connection newConnection() throws SQLException {
        return new ThreadBoundDataSource(DATA_SOURCE.getUrl()).getConnection();
    }
}
