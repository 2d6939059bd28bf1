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
 * Books entries. Each booking locks its account first, so the bookings of one account follow one another: an entry that
 * exists is then seen. Bookings of different accounts wait for each other only for a position in the feed, if they need one.
 */
@ApplicationScoped
public class Ledger {

    private final AccountLocks locks;
    private final FeedWriter feed;
    private final Event<BookingResult> booked;
    private final Event<Adjustments> adjusted;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /** What other programs had changed in the tables of main. */
    public record Adjustments(List<LedgerEntry> entries) {}

    @Inject
    public Ledger(AccountLocks locks, FeedWriter feed, Event<BookingResult> booked, Event<Adjustments> adjusted) {
        this.locks = locks;
        this.feed = feed;
        this.booked = booked;
        this.adjusted = adjusted;
    }

    /**
     * Books the entries in one transaction, the caller's if there is one. However many there are, each table is read once,
     * and before anything is changed.
     *
     * @return of each, in their order; one that conflicts is not booked, and the others are
     */
    @Transactional
    public List<BookingResult> book(List<Booking> bookings) {
        return book(bookings, locks.lock(accounts(bookings), stockCodes(bookings)));
    }

    /**
     * Books the entries of accounts that no other transaction has locked, except those of main, in one transaction. Old
     * programs can lock the old tables of main, which has to be waited for.
     *
     * @return of each entry that is not left out, in their order
     */
    @Transactional
    public List<BookingResult> bookFree(List<Booking> bookings) {
        Set<String> others = accounts(bookings);
        others.remove(Account.MAIN);
        Map<String, LockedAccount> free = locks.lockFree(others, stockCodes(bookings));
        return book(
                bookings.stream()
                        .filter(booking -> free.containsKey(booking.account()))
                        .toList(),
                free);
    }

    private List<BookingResult> book(List<Booking> bookings, Map<String, LockedAccount> accounts) {
        Optional<MainTables> main =
                Optional.ofNullable(accounts.get(Account.MAIN)).map(account -> new MainTables(entities, account));
        List<LedgerEntry> fed = new ArrayList<>(main.map(this::adopt).orElse(List.of()));
        Known known = new Known(moves(bookings), entries(bookings));
        List<BookingResult> results = new ArrayList<>();
        for (Booking booking : bookings) {
            BookingResult result =
                    known.result(booking).orElseGet(() -> book(booking, accounts.get(booking.account()), known, fed));
            booked.fire(result);
            results.add(result);
        }
        main.ifPresent(MainTables::show);
        feed.append(fed);
        // A lock conflict of the commit itself would not be known as one.
        entities.flush();
        return results;
    }

    /**
     * Settles fills, all of them or none.
     *
     * @return the move of each, in their order; one may be older than the call
     * @throws finmicro.common.problem.ProblemException 409 if a number was settled with other content
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

    /** Books what other programs have changed in the tables of main, in the caller's transaction, which has its lock then. */
    public void adoptMain() {
        LockedAccount main = locks.lock(Set.of(Account.MAIN), Set.of()).get(Account.MAIN);
        feed.append(adopt(new MainTables(entities, main)));
    }

    private List<LedgerEntry> adopt(MainTables tables) {
        List<LedgerEntry> adjustments = tables.adopt();
        if (!adjustments.isEmpty()) {
            adjusted.fire(new Adjustments(adjustments));
        }
        return adjustments;
    }

    private static BookingResult book(Booking booking, LockedAccount account, Known known, List<LedgerEntry> fed) {
        LedgerEntry entry = account.book(booking);
        StockMove move = booking.isSettlement() ? account.move(booking.contract()) : null;
        known.add(entry, move);
        if (booking.fed()) {
            fed.add(entry);
        }
        return new BookingResult(booking, Status.BOOKED, move);
    }

    private Map<Long, StockMove> moves(List<Booking> bookings) {
        Set<Long> numbers = settlements(bookings, booking -> booking.contract().tradeNo());
        return numbers.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT m FROM StockMove m WHERE m.tradeNo IN :numbers", StockMove.class)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.toMap(StockMove::tradeNo, Function.identity()));
    }

    /** Those of deposits and the like; a settlement is known by its move, which may be older than the ledger. */
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
        return settlements(bookings, booking -> booking.contract().stockCode());
    }

    private static <T> Set<T> settlements(List<Booking> bookings, Function<Booking, T> what) {
        return bookings.stream().filter(Booking::isSettlement).map(what).collect(Collectors.toSet());
    }
}
