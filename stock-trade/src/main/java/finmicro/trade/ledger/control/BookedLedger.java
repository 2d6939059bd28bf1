package finmicro.trade.ledger.control;

import finmicro.common.json.InvalidInput;
import finmicro.common.reconciliation.EntryCursor;
import finmicro.trade.ledger.entity.BookedEntries;
import finmicro.trade.ledger.entity.BookedEntries.BookedEntry;
import finmicro.trade.ledger.entity.LedgerCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the ledger for reconciliation. Each method throws the exceptions of {@link BalanceGateway}. */
@ApplicationScoped
public class BookedLedger {

    /** From stock-balance or its load balancer. */
    private static final Set<Integer> OUTAGES = Set.of(502, 503, 504);

    private final BalanceGateway balance;
    private final FeedCursor cursor;

    @Inject
    public BookedLedger(BalanceGateway balance, FeedCursor cursor) {
        this.balance = balance;
        this.cursor = cursor;
    }

    /** The entries after a position in time order, except the most recent ones. */
    public List<BookedEntry> after(EntryCursor place) {
        return balance.entries(place.toString()).entries();
    }

    /** The entries with these keys. */
    public List<BookedEntry> find(Collection<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : balance.find(new BookedEntries.Question(List.copyOf(keys))).entries();
    }

    /** Makes the ledger check its next accounts. */
    public LedgerCheck check(String after) {
        return balance.reconcile(after.isEmpty() ? null : after);
    }

    /** The keys of external bookings that are not applied here yet: the first page of them. */
    public Set<String> unapplied() {
        return balance.feed(cursor.read().position()).entries().stream()
                .map(entry -> entry.key())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The last entry of main in the snapshot from which it was taken over. */
    public long mainSequence() {
        return cursor.mainSequence();
    }

    /** Whether the failure means that this is an old stock-balance, which has no entries. */
    public static boolean isUnsupported(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException error
                && (error.status() == 404 || error.status() == 405);
    }

    /** Whether the failure is an outage of stock-balance, which {@link FeedReader} reports. */
    public static boolean isOutage(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException error
                ? OUTAGES.contains(error.status())
                : failure instanceof ProcessingException;
    }

    /** Whether the failure means that stock-balance sent no response, an error or an unreadable response. */
    public static boolean isUnavailable(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException
                || failure instanceof ProcessingException
                || failure instanceof InvalidInput;
    }
}
