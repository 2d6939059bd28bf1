package finmicro.balance.ledger.control;

import finmicro.balance.ledger.control.BookingResult.Status;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.problem.Problem;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Books entries. Each booking locks its account first, which serializes the bookings of an account: a repeated entry is
 * always detected. Bookings of different accounts wait for each other only if they append to the feed.
 */
@ApplicationScoped
public class Ledger {

    private final AccountLocks locks;
    private final FeedWriter feed;
    private final Event<BookingResult> booked;
    private final Event<Adjustments> adjusted;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /** Entries for changes that old programs made to the tables of main. */
    public record Adjustments(List<LedgerEntry> entries) {}

    @Inject
    public Ledger(AccountLocks locks, FeedWriter feed, Event<BookingResult> booked, Event<Adjustments> adjusted) {
        this.locks = locks;
        this.feed = feed;
        this.booked = booked;
        this.adjusted = adjusted;
    }

    /**
     * Books the entries in one transaction, the caller's if there is one. Reads each table once, before any change.
     *
     * @return their results, in order; a conflicting entry is not booked, the others are
     */
    @Transactional
    public List<BookingResult> book(List<Booking> bookings) {
        return book(bookings, locks.lock(accounts(bookings), stockCodes(bookings)));
    }

    /**
     * Books the entries of accounts that no other transaction has locked, in one transaction. Skips main: old programs can lock
     * its old tables, and this method must not wait for them.
     *
     * @return the results of the entries that are not skipped, in order
     */
    @Transactional
    public List<BookingResult> bookUnlocked(List<Booking> bookings) {
        Set<String> others = accounts(bookings);
        others.remove(Account.MAIN);
        Map<String, LockedAccount> unlocked = locks.tryLock(others, stockCodes(bookings));
        return book(
                bookings.stream()
                        .filter(booking -> unlocked.containsKey(booking.account()))
                        .toList(),
                unlocked);
    }

    private List<BookingResult> book(List<Booking> bookings, Map<String, LockedAccount> accounts) {
        Optional<MainTables> main =
                Optional.ofNullable(accounts.get(Account.MAIN)).map(account -> new MainTables(entities, account));
        List<LedgerEntry> feedEntries =
                new ArrayList<>(main.map(this::bookAdjustments).orElse(List.of()));
        PriorBookings prior = new PriorBookings(moves(bookings), entries(bookings));
        List<BookingResult> results = new ArrayList<>();
        for (Booking booking : bookings) {
            BookingResult result = prior.result(booking)
                    .orElseGet(() -> book(booking, accounts.get(booking.account()), prior, feedEntries));
            booked.fire(result);
            results.add(result);
        }
        main.ifPresent(MainTables::writeBack);
        feed.append(feedEntries);
        // Flush now: a lock conflict during the commit would not be recognizable as one.
        entities.flush();
        return results;
    }

    /**
     * Settles all fills or none.
     *
     * @return their moves, in order; those of repeated fills are from an earlier call
     * @throws finmicro.common.problem.ProblemException 409 if a trade number was settled before with different content
     */
    @Transactional
    public List<StockMove> settle(List<Booking> settlements) {
        List<BookingResult> results = book(settlements);
        results.stream()
                .filter(result -> result.status() == Status.CONFLICT)
                .findFirst()
                .ifPresent(result -> {
                    throw Problem.settlementConflict(result.conflict()).exception();
                });
        return results.stream().map(BookingResult::move).toList();
    }

    /** Locks main, and books changes that old programs made to its tables, in the caller's transaction. */
    public void bookMainAdjustments() {
        LockedAccount main = locks.lock(Set.of(Account.MAIN), Set.of()).get(Account.MAIN);
        feed.append(bookAdjustments(new MainTables(entities, main)));
    }

    private List<LedgerEntry> bookAdjustments(MainTables tables) {
        List<LedgerEntry> adjustments = tables.bookAdjustments();
        if (!adjustments.isEmpty()) {
            adjusted.fire(new Adjustments(adjustments));
        }
        return adjustments;
    }

    private static BookingResult book(
            Booking booking, LockedAccount account, PriorBookings prior, List<LedgerEntry> feedEntries) {
        LedgerEntry entry = account.book(booking);
        StockMove move = booking.isSettlement() ? account.move(booking.fill()) : null;
        prior.add(entry, move);
        if (booking.inFeed()) {
            feedEntries.add(entry);
        }
        return new BookingResult(booking, Status.BOOKED, move);
    }

    private Map<Long, StockMove> moves(List<Booking> bookings) {
        Set<Long> numbers = settlements(bookings, booking -> booking.fill().tradeNo());
        return numbers.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT m FROM StockMove m WHERE m.tradeNo IN :numbers", StockMove.class)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.toMap(StockMove::tradeNo, Function.identity()));
    }

    /** Excludes settlements: they are found by their moves, which may be older than the ledger. */
    private Map<String, LedgerEntry> entries(List<Booking> bookings) {
        Set<String> keys = bookings.stream()
                .filter(booking -> !booking.isSettlement())
                .map(Booking::key)
                .collect(Collectors.toSet());
        return keys.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT e FROM LedgerEntry e WHERE e.key IN :keys", LedgerEntry.class)
                        .setParameter("keys", keys)
                        .getResultStream()
                        .collect(Collectors.toMap(LedgerEntry::key, Function.identity()));
    }

    private static Set<String> accounts(List<Booking> bookings) {
        return bookings.stream().map(Booking::account).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> stockCodes(List<Booking> bookings) {
        return settlements(bookings, booking -> booking.fill().stockCode());
    }

    private static <T> Set<T> settlements(List<Booking> bookings, Function<Booking, T> property) {
        return bookings.stream().filter(Booking::isSettlement).map(property).collect(Collectors.toSet());
    }
}
