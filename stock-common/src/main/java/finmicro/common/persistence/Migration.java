package finmicro.common.persistence;

import finmicro.common.lifecycle.Preparation;
import finmicro.common.telemetry.Log;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Brings the service's schema up to date. V1 is the schema as the old system has it, V2 what this one needs beyond it:
 * an old database that is found is taken over at V1 with its rows.
 */
public final class Migration implements Preparation {

    private static final System.Logger LOG = Log.of(Migration.class);

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
}
