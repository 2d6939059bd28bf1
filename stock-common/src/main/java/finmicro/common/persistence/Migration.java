package finmicro.common.persistence;

import finmicro.common.lifecycle.Preparation;
import finmicro.common.telemetry.Log;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Brings the service's schema up to date. V1 is the schema as the old system has it, V2 what this one needs beyond it:
 * an old database that is found is taken over at V1 with its rows.
 *
 * <p>MySQL commits each DDL statement by itself. A migration that stops half way is therefore run again from its start, and
 * every file is written so that it can be (docs/adr/0021).
 */
public final class Migration implements Preparation {

    private static final System.Logger LOG = Log.of(Migration.class);

    /** What validation may find beside a failed migration, since nothing after it has run yet. */
    private static final Set<ErrorCode> FAILURES =
            Set.of(CoreErrorCode.FAILED_VERSIONED_MIGRATION, CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED);

    private final DataSource dataSource;

    /** @param dataSource the migration's own: without the short socket time-out of requests */
    public Migration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public void prepare() {
        Flyway flyway = Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(dataSource)
                .baselineOnMigrate(true)
                .baselineVersion("1")
                .load();
        forgetFailures(flyway);
        int migrated = flyway.migrate().migrationsExecuted;
        MigrationInfoService info = flyway.info();
        // Flyway runs nothing and does not fail where the server hides the scripts from it.
        if (info.all().length == 0 || info.pending().length > 0) {
            throw new IllegalStateException("the migrations of this service were not found or not run");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "schema.ready version={0} migrated={1}",
                info.current().getVersion(),
                migrated);
    }

    /**
     * Deletes the history rows of failed migrations, so that these run again. Every other fault that Flyway finds, such as a
     * changed checksum, stays for {@link Flyway#migrate()} to report: {@link Flyway#repair()} alone would hide it.
     */
    private static void forgetFailures(Flyway flyway) {
        List<String> failed = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isFailed())
                .map(MigrationInfo::getScript)
                .toList();
        if (!failed.isEmpty() && onlyFailures(flyway)) {
            LOG.log(System.Logger.Level.WARNING, "schema.failed scripts={0}: they are run again", failed);
            flyway.repair();
        }
    }

    private static boolean onlyFailures(Flyway flyway) {
        return flyway.validateWithResult().invalidMigrations.stream()
                .map(invalid -> invalid.errorDetails.errorCode)
                .allMatch(FAILURES::contains);
    }
}
