package finmicro.balance.ledger.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports accounts that have entries but are not opened. The opening may arrive late, since entries are sent concurrently. If it
 * is still missing after five minutes, something is wrong.
 */
@ApplicationScoped
public class UnopenedAccounts implements Worker {

    /** The maximum delay of an opening. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_REPORTED = 100;
    private static final System.Logger LOG = Log.of(UnopenedAccounts.class);

    private final BalanceQueries queries;
    private final ObservableLongGauge gauge;
    private final Set<String> reported = new HashSet<>();
    private volatile int unopened;

    @Inject
    public UnopenedAccounts(BalanceQueries queries, OpenTelemetry telemetry) {
        this.queries = queries;
        gauge = Telemetry.meter(telemetry)
                .gaugeBuilder("ledger.accounts.unopened")
                .ofLongs()
                .setUnit("{account}")
                .setDescription(
                        "Accounts with entries whose opening is missing for 5 minutes or longer; up to " + MAX_REPORTED)
                .buildWithCallback(measurement -> measurement.record(unopened));
    }

    @Override
    public String name() {
        return "unopened-accounts";
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(INTERVAL, this::check);
    }

    /** Logs each account once. Returns the number of unopened accounts, up to 100. */
    int check() {
        List<String> accounts = queries.unopened(GRACE, MAX_REPORTED);
        reported.retainAll(accounts);
        for (String account : accounts) {
            if (reported.add(account)) {
                LOG.log(System.Logger.Level.WARNING, "account.unopened account={0}", account);
            }
        }
        unopened = accounts.size();
        return unopened;
    }

    /** Unregisters the gauge: the server's telemetry outlives the application. */
    @PreDestroy
    void close() {
        gauge.close();
    }
}
