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
 * Opens the accounts that the ledger has bookings for and that are unknown here: money is never dropped. If accounts are opened
 * by operators only, such an account starts suspended and without cash.
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

    /** All of the accounts, locked: those that are locked already, and those that had to be opened. */
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
                    "account.unknown account={0}: the ledger has a booking for it; it is suspended until an operator opens it",
                    account);
        }
    }
}
