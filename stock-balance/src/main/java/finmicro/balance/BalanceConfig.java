package finmicro.balance;

import finmicro.balance.ledger.boundary.BalanceChangeSource;
import finmicro.balance.reconciliation.control.LedgerCheck;
import finmicro.common.access.AccessConfig;
import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.ServiceConfig;
import finmicro.common.config.Settings;
import finmicro.common.events.Feed;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import finmicro.common.persistence.Migration;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.reconciliation.ReconciliationWorker;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads the environment of stock-balance, and produces the beans that depend on it. */
@ApplicationScoped
public class BalanceConfig implements ServiceConfig, AccessConfig {

    private final String serviceName;
    private final Optional<TrustedIssuer> trusted;
    private final OriginPolicy originPolicy;

    @Resource(lookup = "jdbc/migration")
    private DataSource migration;

    /** @throws finmicro.common.config.InvalidConfiguration if variables are missing or invalid; it names each one */
    @Inject
    public BalanceConfig(Settings settings) {
        serviceName = settings.optional("SERVICE_NAME").orElse("stock-balance-service");
        trusted = TrustedIssuer.of(settings);
        originPolicy = OriginPolicy.of(settings, trusted.isPresent());
        settings.database();
        settings.check();
    }

    @Override
    public String serviceName() {
        return serviceName;
    }

    @Override
    public Optional<TrustedIssuer> trusted() {
        return trusted;
    }

    @Override
    public OriginPolicy originPolicy() {
        return originPolicy;
    }

    @Produces
    @Dependent
    Migration migration() {
        return new Migration(migration);
    }

    @Produces
    @Singleton
    DifferenceReport differences(OpenTelemetry telemetry) {
        return new DifferenceReport(telemetry);
    }

    void close(@Disposes DifferenceReport differences) {
        differences.close();
    }

    @Produces
    @Singleton
    AccountSlices accountSlices(LedgerCheck check, DifferenceReport differences) {
        return new AccountSlices(check, differences);
    }

    @Produces
    @Dependent
    Worker reconciliation(AccountSlices slices) {
        return new ReconciliationWorker(after -> slices.check(after).last());
    }

    @Produces
    @Singleton
    Feed balanceEvents(BalanceChangeSource changes, Clock clock, StrictJson json) {
        return new Feed("balance", changes, clock, json);
    }
}
