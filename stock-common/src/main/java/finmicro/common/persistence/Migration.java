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
 * Migrates the service's schema. V1 is the schema of the legacy system, V2 adds what this system needs: an existing legacy
 * database is baselined at V1 and keeps its rows.
 *
 * <p>MySQL commits each DDL statement implicitly. An interrupted migration is therefore run again from its start, and every
 * migration file is idempotent (docs/adr/0021).
 */
public final class Migration implements Preparation {

    private static final System.Logger LOG = Log.of(Migration.class);

    /** Validation errors that a failed migration causes: itself, and the later ones that have not run yet. */
    private static final Set<ErrorCode> FAILURES =
            Set.of(CoreErrorCode.FAILED_VERSIONED_MIGRATION, CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED);

    private final DataSource dataSource;

    /** @param dataSource a separate data source, without the short socket timeout of requests */
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
        // If the class loader hides the scripts, Flyway runs nothing and reports success.
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
     * Deletes the history rows of failed migrations, so that they run again. If Flyway finds any other error, such as a changed
     * checksum, it leaves them for {@link Flyway#migrate()} to report: {@link Flyway#repair()} would hide that error.
     */
    private static void forgetFailures(Flyway flyway) {
        List<String> failed = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isFailed())
                .map(MigrationInfo::getScript)
                .toList();
        if (!failed.isEmpty() && onlyFailures(flyway)) {
            LOG.log(System.Logger.Level.WARNING, "schema.failed scripts={0}: running them again", failed);
            flyway.repair();
        }
    }

    private static boolean onlyFailures(Flyway flyway) {
        return flyway.validateWithResult().invalidMigrations.stream()
                .map(invalid -> invalid.errorDetails.errorCode)
                .allMatch(FAILURES::contains);
    }
}
