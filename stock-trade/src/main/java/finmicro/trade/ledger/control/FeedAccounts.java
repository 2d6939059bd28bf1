package finmicro.trade.ledger.control;

import finmicro.common.telemetry.Log;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.control.Openings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Opens accounts that have bookings in the ledger but are unknown here, so that no money is lost. If only operators open accounts,
 * such an account starts suspended and without cash.
 */
@ApplicationScoped
public class FeedAccounts {

    private static final System.Logger LOG = Log.of(FeedAccounts.class);

    private final Accounts accounts;
    private final Openings openings;

    @Inject
    public FeedAccounts(Accounts accounts, Openings openings) {
        this.accounts = accounts;
        this.openings = openings;
    }

    /** Opens the missing accounts. Returns all of the needed accounts, locked. */
    LockedAccounts open(Collection<String> needed, LockedAccounts locked) {
        Set<String> missing = needed.stream().filter(locked::isMissing).collect(Collectors.toCollection(TreeSet::new));
        missing.forEach(this::open);
        return missing.isEmpty() ? locked : accounts.lock(Set.copyOf(needed));
    }

    private void open(String account) {
        if (openings.isAutomatic()) {
            openings.open(account);
        } else if (accounts.createUnopened(account)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "account.unknown account={0}: the ledger has a booking for it; suspended until an operator opens it",
                    account);
        }
    }
}
