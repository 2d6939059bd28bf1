package finmicro.trade.outbox.control;

import finmicro.embedded.ThreadBoundDataSource;
import finmicro.trade.TradeDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;

/** A real database with an outbox that is empty before each test. */
abstract class OutboxDatabase {

    static final ThreadBoundDataSource dataSource = TradeDatabase.DATA_SOURCE;

    @BeforeEach
    void emptyOutbox() throws SQLException {
        sql("DELETE FROM outbox");
    }

    /** Runs a statement outside any transaction. Returns the number of affected rows. */
    static int sql(String statement) throws SQLException {
        return TradeDatabase.sql(statement);
    }
}
