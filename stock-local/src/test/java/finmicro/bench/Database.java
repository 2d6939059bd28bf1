package finmicro.bench;

import finmicro.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Queries and fills the database server over a separate connection. */
final class Database implements AutoCloseable {

    /** New orders get higher numbers than this, filler rows lower ones. */
    static final long FILLED_TO = 2_000_000;

    private static final int CHUNK = 50_000;

    /** A column {@code n} from 0 to 99,999. */
    private static final String NUMBERS = numbers();

    private static final List<String> FILL = List.of(
            "INSERT INTO StockTrade.trades (trade_no, order_date, order_time, stock_code, trade_type, order_type,"
                    + " order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time, accepted_at,"
                    + " account_effect)"
                    + " SELECT %1$d + n, 20200607, '11:25:00', 'A002', 'BUY', '0', 2320, 10, 1000, 100, 24300, '1',"
                    + " '2020-06-07T11:25:04+09:00', 0, 'A' FROM %3$s WHERE n < %2$d",
            "INSERT INTO StockTrade.contract_trades (trade_no, contract_date, contract_time, stock_code, trade_type,"
                    + " order_type, contract_price, contract_quantity, fee, tax, contract_value, settlement_amount, update_time)"
                    + " SELECT %1$d + n, 20200607, '11:25:03', 'A002', 'BUY', '0', 2320, 10, 1000, 100, 24200, 24300,"
                    + " '2020-06-07T11:25:04+09:00' FROM %3$s WHERE n < %2$d",
            outbox("ORDER"),
            outbox("SETTLE"),
            "INSERT INTO StockBalance.stock_moves (trade_no, stock_code, trade_type, contract_date, contract_time, price,"
                    + " quantity, fee, tax, contract_value, settlement_amount, cash_after, value_after, quantity_after,"
                    + " update_time) SELECT %1$d + n, 'A002', 'BUY', 20200607, '11:25:03', 2320, 10, 1000, 100, 24200, 24300,"
                    + " 0, 0, 0, '2020-06-07T11:25:04+09:00' FROM %3$s WHERE n < %2$d");

    private static final List<String> SESSION_COUNTS = List.of("Com_", "Questions");

    private final Connection connection;
    private final String url;
    private long filled;

    Database(EmbeddedDatabase server) throws SQLException {
        url = server.jdbcUrl("StockTrade");
        connection = connect();
    }

    /** Another connection; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }

    private static String numbers() {
        String digits = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
                + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        return "(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d n FROM " + digits + " a, " + digits
                + " b, " + digits + " c, " + digits + " e, " + digits + " f) numbers";
    }

    private static String outbox(String destination) {
        return "INSERT INTO StockTrade.outbox (message_id, destination, body, state, attempts, next_attempt_at, created_at,"
                + " sent_at) SELECT CONCAT('" + destination.toLowerCase(Locale.ROOT)
                + "-', %1$d + n), '" + destination + "', REPEAT('x', 300), 'S', 1, UTC_TIMESTAMP(3),"
                + " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM %3$s WHERE n < %2$d";
    }

    /** Adds settled orders until there are {@code orders} of them, not counting placed orders. */
    void fillTo(long orders) throws SQLException {
        while (filled < orders) {
            long rows = Math.min(CHUNK, orders - filled);
            for (String insert : FILL) {
                change(insert.formatted(10_012 + filled, rows, NUMBERS));
            }
            filled += rows;
        }
    }

    void change(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }

    long number(String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The server's counts of statements and connections, without those of this connection. */
    Map<String, Long> counts() throws SQLException {
        Map<String, Long> counts = status("GLOBAL");
        status("SESSION").forEach((name, own) -> {
            if (SESSION_COUNTS.stream().anyMatch(name::startsWith)) {
                counts.merge(name, own, (all, mine) -> all - mine);
            }
        });
        return counts;
    }

    private Map<String, Long> status(String scope) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SHOW " + scope + " STATUS WHERE Variable_name IN ('Questions',"
                        + " 'Connections', 'Com_commit', 'Com_rollback', 'Com_select', 'Com_insert', 'Com_update',"
                        + " 'Com_delete', 'Com_set_option')")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
