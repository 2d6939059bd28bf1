package finmicro.trade.outbox.control;

import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.ThreadBoundDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;

/** A real database, one for all test classes of the JVM, with an outbox that is empty before each test. */
abstract class OutboxDatabase {

    static final ThreadBoundDataSource dataSource = start();

    private static ThreadBoundDataSource start() {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(Path.of("target/outbox-it"), 0).closeOnExit();
        ThreadBoundDataSource started = new ThreadBoundDataSource(database.jdbcUrl("StockTrade"));
        new Migration(started).prepare();
        return started;
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
