package finmicro.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private static final String SCHEMA = "StockBalance";
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
        assertThat(OldDatabase.value(dataSource, "SELECT cash_value FROM cash_balances"))
                .isEqualTo("10000000");
    }

    @Test
    void japaneseTextIsStoredInADatabaseThatDefaultsToLatin1() throws Exception {
        InterruptedMigration.recreate(dataSource, SCHEMA);
        OldDatabase.run(dataSource, "ALTER DATABASE " + SCHEMA + " CHARACTER SET latin1");
        OldDatabase.create(dataSource);

        new Migration(dataSource).prepare();

        OldDatabase.run(
                dataSource,
                "INSERT INTO ledger_entries (account, sequence, entry_key, kind, cash_after, reference, booked_at) VALUES ('a', 1, 'cash-1', 'DEPOSIT', 1, '"
                        + JAPANESE + "', UTC_TIMESTAMP(3))");
        assertThat(OldDatabase.value(dataSource, "SELECT reference FROM ledger_entries"))
                .isEqualTo(JAPANESE);
    }

    static Stream<InterruptedMigration> everyPoint() {
        return InterruptedMigration.everywhere();
    }

    @ParameterizedTest
    @MethodSource("everyPoint")
    void interruptedMigrationCanBeRepeated(InterruptedMigration point) throws Exception {
        point.arrange(dataSource, SCHEMA, UNINTERRUPTED);

        new Migration(dataSource).prepare();

        assertThat(SchemaSnapshot.of(dataSource)).isEqualTo(migrated);
    }

    @Test
    void changedMigrationIsRejectedDespiteAFailedOne() throws Exception {
        InterruptedMigration.recreate(dataSource, SCHEMA);
        new Migration(dataSource).prepare();
        OldDatabase.run(dataSource, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = 1");
        OldDatabase.run(dataSource, "UPDATE flyway_schema_history SET success = FALSE WHERE version = 6");

        assertThatThrownBy(() -> new Migration(dataSource).prepare()).hasMessageContaining("checksum mismatch");
    }
}
