package finmicro.trade.outbox.control;

import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.ThreadBoundDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A real database for the tests of a class, with an outbox that is empty before each. */
abstract class OutboxDatabase {

    static ThreadBoundDataSource dataSource;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedDatabase.start(Path.of("target/outbox-it"), 0);
        dataSource = new ThreadBoundDataSource(database.jdbcUrl("StockTrade"));
        new Migration(dataSource).prepare();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void emptyOutbox() throws SQLException {
        sql("DELETE FROM outbox");
    }

    /** Runs a statement beside any transaction. Returns how many rows it is about. */
    static int sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            return sql.executeUpdate(statement);
        }
    }
}
