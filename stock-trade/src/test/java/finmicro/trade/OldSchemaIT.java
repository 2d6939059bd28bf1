package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.InterruptedMigration;
import finmicro.embedded.OldDatabase;
import finmicro.embedded.SchemaSnapshot;
import finmicro.embedded.ThreadBoundDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class OldSchemaIT {

    private static final String JAPANESE = "入金の依頼 𠮷野家";
    private static final String SCHEMA = "StockTrade";
    private static final String UNINTERRUPTED = "StockItems";

    private static EmbeddedDatabase database;
    private static ThreadBoundDataSource dataSource;
    private static List<String> migrated;

    @BeforeAll
    static void migrateAnEmptyDatabase() throws SQLException {
        database = EmbeddedDatabase.start(Path.of("target/old-schema-it"), 0);
        dataSource = new ThreadBoundDataSource(database.jdbcUrl(SCHEMA));
        ThreadBoundDataSource uninterrupted = new ThreadBoundDataSource(database.jdbcUrl(UNINTERRUPTED));
        new Migration(uninterrupted).prepare();
        migrated = SchemaSnapshot.of(uninterrupted);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void oldDatabaseIsMigratedWithItsRows() throws Exception {
        InterruptedMigration.recreate(dataSource, SCHEMA);
        OldDatabase.create(dataSource);

        new Migration(dataSource).prepare();

        assertThat(OldDatabase.tablesWithoutKey(dataSource)).isEqualTo("0");
        assertThat(OldDatabase.floatingPointColumns(dataSource)).isEqualTo("0");
        assertThat(OldDatabase.value(
                        dataSource,
                        "SELECT CONCAT(order_price, ' ', estimated_value) FROM trades WHERE trade_no = 10001"))
                .isEqualTo("2400.0000 241100");
    }

    @Test
    void japaneseTextIsPreservedInALatin1Database() throws Exception {
        InterruptedMigration.recreate(dataSource, SCHEMA);
        OldDatabase.run(dataSource, "ALTER DATABASE " + SCHEMA + " CHARACTER SET latin1");
        OldDatabase.create(dataSource);

        new Migration(dataSource).prepare();

        OldDatabase.run(
                dataSource,
                "INSERT INTO outbox (message_id, destination, body, reason, next_attempt_at, created_at) VALUES ('m', 'SETTLE', '"
                        + JAPANESE + "', '" + JAPANESE + "', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
        OldDatabase.run(
                dataSource,
                "INSERT INTO cash_movements (account, movement_key, kind, amount, reference, created_at) VALUES ('a', 'k', 'DEPOSIT', 1, '"
                        + JAPANESE + "', 0)");
        assertThat(OldDatabase.value(dataSource, "SELECT body FROM outbox")).isEqualTo(JAPANESE);
        assertThat(OldDatabase.value(dataSource, "SELECT reason FROM outbox")).isEqualTo(JAPANESE);
        assertThat(OldDatabase.value(dataSource, "SELECT reference FROM cash_movements"))
                .isEqualTo(JAPANESE);
    }

    static Stream<InterruptedMigration> everyPoint() {
        return InterruptedMigration.everywhere();
    }

    @ParameterizedTest
    @MethodSource("everyPoint")
    void interruptedMigrationRunsAgain(InterruptedMigration point) throws Exception {
        point.arrange(dataSource, SCHEMA, UNINTERRUPTED);

        new Migration(dataSource).prepare();

        assertThat(SchemaSnapshot.of(dataSource)).isEqualTo(migrated);
    }
}
