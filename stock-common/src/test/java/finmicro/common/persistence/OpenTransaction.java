package finmicro.common.persistence;

import finmicro.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** A process that locks a row and leaves its transaction open. */
final class OpenTransaction {

    private OpenTransaction() {}

    /** @param arguments the URL of the database */
    public static void main(String... arguments) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(arguments[0], EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.executeUpdate("UPDATE cash SET amount = amount + 1");
            System.out.println("locked");
            TimeUnit.MINUTES.sleep(10);
        }
    }
}
