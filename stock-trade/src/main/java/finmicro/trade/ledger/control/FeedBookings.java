package finmicro.trade.ledger.control;

import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.ledger.entity.FeedPage.FeedEntry;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies external bookings to accounts. Effects and cursor are committed together, so each booking is applied once. */
@ApplicationScoped
public class FeedBookings {

    private final FeedCursor cursor;
    private final Accounts accounts;
    private final FeedAccounts feedAccounts;
    private final BookedOutcomes outcomes;

    @Inject
    public FeedBookings(FeedCursor cursor, Accounts accounts, FeedAccounts feedAccounts, BookedOutcomes outcomes) {
        this.cursor = cursor;
        this.accounts = accounts;
        this.feedAccounts = feedAccounts;
        this.outcomes = outcomes;
    }

    /**
     * Applies the entries before the first one whose account another transaction has locked. It does not wait for that account,
     * because it would hold the locks of the others meanwhile.
     *
     * @param from the cursor after which the entries were read
     * @return the number of applied entries; 0 if another task has moved the cursor
     */
    @Transactional
    public int applyUnlocked(FeedCursor.State from, List<FeedEntry> entries) {
        if (!isUnchanged(from)) {
            return 0;
        }
        LockedAccounts locked = accounts.tryLock(accountsOf(relevant(from, entries)));
        List<FeedEntry> done = entries.stream()
                .takeWhile(entry -> !isRelevant(from, entry) || !isBlocked(locked, entry.account()))
                .toList();
        return apply(from, done, locked);
    }

    /**
     * Applies the leading entries of one account. Waits for that account, and holds no lock of another.
     *
     * @param from the cursor after which the entries were read
     * @return the number of applied entries; 0 if another task has moved the cursor
     */
    @Transactional
    public int applyFirst(FeedCursor.State from, List<FeedEntry> entries) {
        if (!isUnchanged(from)) {
            return 0;
        }
        String account = entries.get(0).account();
        LockedAccounts locked = accounts.lock(account);
        List<FeedEntry> first = entries.stream()
                .takeWhile(entry -> entry.account().equals(account))
                .toList();
        return isBlocked(locked, account) ? 0 : apply(from, first, locked);
    }

    /**
     * Moves the cursor over an entry that cannot be applied.
     *
     * @param from the cursor after which the entry was read
     * @return false if another task has moved the cursor
     */
    @Transactional
    public boolean skip(FeedCursor.State from, FeedEntry entry) {
        boolean unchanged = isUnchanged(from);
        if (unchanged) {
            cursor.move(entry.position());
        }
        return unchanged;
    }

    /** {@code main} is never opened. It is missing if it was forgotten in the meantime, and must be taken over again. */
    private static boolean isBlocked(LockedAccounts locked, String account) {
        return locked.isBusy(account) || (account.equals(Account.MAIN) && locked.isMissing(account));
    }

    private boolean isUnchanged(FeedCursor.State from) {
        return cursor.lock().filter(from::equals).isPresent();
    }

    private int apply(FeedCursor.State from, List<FeedEntry> entries, LockedAccounts locked) {
        if (entries.isEmpty()) {
            return 0;
        }
        List<FeedEntry> relevant = relevant(from, entries);
        LockedAccounts opened = feedAccounts.open(accountsOf(relevant), locked);
        Map<Long, Trade> trades = outcomes.lock(relevant.stream()
                .filter(entry -> entry.tradeNo() != null)
                .map(FeedEntry::tradeNo)
                .toList());
        for (FeedEntry entry : relevant) {
            outcomes.apply(opened, entry, entry.tradeNo() == null ? null : trades.get(entry.tradeNo()));
        }
        // A native statement, so it flushes the effects first: a failure at the commit has no cause and would count as
        // an outage.
        cursor.move(entries.get(entries.size() - 1).position());
        return entries.size();
    }

    /** Omits bookings of {@code main} from before it was taken over: its snapshot includes them. */
    private static List<FeedEntry> relevant(FeedCursor.State from, List<FeedEntry> entries) {
        return entries.stream().filter(entry -> isRelevant(from, entry)).toList();
    }

    private static boolean isRelevant(FeedCursor.State from, FeedEntry entry) {
        return !entry.account().equals(Account.MAIN) || entry.position() > from.mainPosition();
    }

    private static Set<String> accountsOf(List<FeedEntry> entries) {
        return entries.stream().map(FeedEntry::account).collect(Collectors.toSet());
    }
}
