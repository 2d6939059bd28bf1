package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedDatabase;
import finmicro.local.Project;
import finmicro.local.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After a failover the database's host name resolves to another server, while the former primary still answers but is read-only.
 * A pool that keeps its live connections could never write again.
 */
@ExtendWith(SharedSystem.class)
@Tag("long")
class FailoverIT {

    private static final Duration RESUMED = Duration.ofSeconds(10);

    private final TradingSystem system;
    private final Trading trading;

    FailoverIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void poolsDropConnectionsToAServerThatBecameReadOnly() throws Exception {
        EmbeddedDatabase primary = system.stack().database();
        try (EmbeddedDatabase former = EmbeddedDatabase.start(Project.located().target("former-primary"), 0)) {
            copy(primary, former);
            former.restartWith("SET GLOBAL read_only = ON;");
            forwardTo(former);
            system.databaseGate().cut();
            system.databaseGate().open();
            await().until(() -> trading.get(Service.BALANCE, "/balance").status() == 200);
            assertThat(order().status()).isEqualTo(503);

            forwardTo(primary);

            await().atMost(RESUMED).until(() -> {
                Trading.Answer answer = order();
                return answer.status() == 201 && trading.awaitDone(answer.tradeNo()) != null;
            });
        } finally {
            forwardTo(primary);
        }
    }

    private void forwardTo(EmbeddedDatabase database) {
        system.databaseGate().forwardTo(database.port());
    }

    private Trading.Answer order() {
        return trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1));
    }

    private static void copy(EmbeddedDatabase from, EmbeddedDatabase to) throws SQLException {
        for (String schema : EmbeddedDatabase.SCHEMAS) {
            try (Connection source = connect(from, schema);
                    Connection target = connect(to, schema)) {
                for (String table : texts(source, "SHOW TABLES", 1)) {
                    copy(table, source, target);
                }
            }
        }
    }

    private static void copy(String table, Connection source, Connection target) throws SQLException {
        try (Statement create = target.createStatement();
                Statement select = source.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + table)) {
            create.execute(texts(source, "SHOW CREATE TABLE " + table, 2).get(0));
            int columns = rows.getMetaData().getColumnCount();
            String values = String.join(",", Collections.nCopies(columns, "?"));
            try (PreparedStatement insert =
                    target.prepareStatement("INSERT INTO " + table + " VALUES (" + values + ")")) {
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        insert.setObject(column, rows.getObject(column));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static List<String> texts(Connection connection, String query, int column) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(column));
            }
            return texts;
        }
    }

    private static Connection connect(EmbeddedDatabase database, String schema) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(schema) + "?rewriteBatchedStatements=true",
                EmbeddedDatabase.USER,
                EmbeddedDatabase.PASSWORD);
    }
}
