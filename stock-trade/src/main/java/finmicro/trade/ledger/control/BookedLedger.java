package finmicro.trade.ledger.control;

import finmicro.common.json.InvalidInput;
import finmicro.common.reconciliation.Place;
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

/** What the ledger has, for reconciliation. Without an answer, each method throws what {@link BalanceGateway} does. */
@ApplicationScoped
public class BookedLedger {

    /** Of stock-balance, or of the load balancer before it. */
    private static final Set<Integer> OUTAGES = Set.of(502, 503, 504);

    private final BalanceGateway balance;
    private final FeedCursor cursor;

    @Inject
    public BookedLedger(BalanceGateway balance, FeedCursor cursor) {
        this.balance = balance;
        this.cursor = cursor;
    }

    /** The entries after a place in the order of time, except young ones. */
    public List<BookedEntry> after(Place place) {
        return balance.entries(place.toString()).entries();
    }

    /** The entries under these keys. */
    public List<BookedEntry> find(Collection<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : balance.find(new BookedEntries.Question(List.copyOf(keys))).entries();
    }

    /** Has the ledger check its next accounts. */
    public LedgerCheck check(String after) {
        return balance.reconcile(after.isEmpty() ? null : after);
    }

    /** The keys of bookings from elsewhere that are not applied here yet; of many, the first. */
    public Set<String> unapplied() {
        return balance.feed(cursor.read().position()).entries().stream()
                .map(entry -> entry.key())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The last entry of main that was in the snapshot from which it was taken over. */
    public long mainSequence() {
        return cursor.mainSequence();
    }

    /** Whether the failure says that this stock-balance is an old one, which has no entries. */
    public static boolean isUnsupported(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException answered
                && (answered.status() == 404 || answered.status() == 405);
    }

    /** Whether the failure is an outage of stock-balance, which the reader of its feed reports. */
    public static boolean isOutage(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException answered
                ? OUTAGES.contains(answered.status())
                : failure instanceof ProcessingException;
    }

    /** Whether the failure says that stock-balance did not answer, or not with what it was asked for. */
    public static boolean isAway(RuntimeException failure) {
        return failure instanceof BalanceGateway.BalanceException
                || failure instanceof ProcessingException
                || failure instanceof InvalidInput;
    }
}
