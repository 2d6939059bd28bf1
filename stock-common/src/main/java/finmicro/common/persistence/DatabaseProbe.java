package finmicro.common.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/** Asks whether a database answers. */
public final class DatabaseProbe {

    private static final int SECONDS = 2;

    private DatabaseProbe() {}

    /** @throws SQLException when it does not */
    public static void probe(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(SECONDS)) {
                throw new SQLTransientConnectionException("the database does not answer");
            }
        }
    }
}
