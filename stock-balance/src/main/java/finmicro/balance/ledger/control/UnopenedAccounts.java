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
 * Reports accounts that were booked on without having been opened. The opening may be late, since entries are sent side by
 * side; if it is still missing after five minutes, something is wrong.
 */
@ApplicationScoped
public class UnopenedAccounts implements Worker {

    /** How long an opening may be late. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MOST = 100;
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
                        "Accounts with entries whose opening is missing for 5 minutes or longer; at most " + MOST)
                .buildWithCallback(measurement -> measurement.record(unopened));
    }

    @Override
    public String name() {
        return "unopened-accounts";
    }

    @Override
    public void run(WorkerContext worker) {
        while (worker.running()) {
            try {
                look();
                worker.answered();
            } catch (RuntimeException e) {
                worker.failed(e);
            }
            worker.resting();
            worker.pause(EVERY);
        }
    }

    /** Logs each account once. Returns how many there are, at most 100. */
    int look() {
        List<String> accounts = queries.unopened(GRACE, MOST);
        reported.retainAll(accounts);
        for (String account : accounts) {
            if (reported.add(account)) {
                LOG.log(System.Logger.Level.WARNING, "account.unopened account={0}", account);
            }
        }
        unopened = accounts.size();
        return unopened;
    }

    /** The server's telemetry outlives the application. */
    @PreDestroy
    void close() {
        gauge.close();
    }
}
