package finmicro.balance.ledger.control;

import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import finmicro.common.trading.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Books the entries of one request so that a locked account does not block the others. First books the entries of all
 * unlocked accounts in one transaction. Then books main and each locked account in a separate transaction that waits for the
 * lock. The entries of an account are booked in order.
 *
 * <p>The request must end before its client's timeout of 10 s. After a lock wait timeout, or after 4 s, it does not wait for
 * further locks. Not thread safe.
 */
final class BatchBooking {

    /** Equals the lock wait timeout. Limits the total of waits that succeed. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(4);

    /** More than one timeout is possible: skipping locked rows still waits for a transaction that creates an account. */
    private static final int MAX_TIMEOUTS = 2;

    private static final System.Logger LOG = Log.of(BatchBooking.class);

    private final Ledger ledger;
    private final List<Booking> bookings;
    private final Map<String, List<Booking>> pending;
    private final Map<String, List<Optional<BookingResult>>> results = new HashMap<>();
    private final long started = Ticker.SYSTEM.nanos();
    private int timeouts;

    BatchBooking(Ledger ledger, List<Booking> bookings) {
        this.ledger = ledger;
        this.bookings = bookings;
        this.pending = bookings.stream()
                .collect(
                        Collectors.groupingBy(Booking::account, () -> new TreeMap<>(mainFirst()), Collectors.toList()));
    }

    /** Main always needs a lock wait, so it goes first. */
    private static Comparator<String> mainFirst() {
        return Comparator.comparing((String account) -> !account.equals(Account.MAIN))
                .thenComparing(Comparator.naturalOrder());
    }

    /** See {@link Bookings#book}. */
    List<Optional<BookingResult>> book() {
        if (pending.size() > 1) {
            bookUnlocked();
        }
        pending.forEach((account, entries) -> results.put(account, bookAccount(entries)));
        Map<String, Iterator<Optional<BookingResult>>> next = new HashMap<>();
        results.forEach((account, accountResults) -> next.put(account, accountResults.iterator()));
        return bookings.stream()
                .map(booking -> next.get(booking.account()).next())
                .toList();
    }

    private void bookUnlocked() {
        try {
            transaction(bookings, ledger::bookUnlocked)
                    .forEach(result -> results.computeIfAbsent(result.booking().account(), account -> new ArrayList<>())
                            .add(Optional.of(result)));
            pending.keySet().removeAll(results.keySet());
        } catch (RuntimeException e) {
            if (Outages.isLockConflict(e)) {
                countTimeout(e);
            } else if (Outages.isOutage(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "entries.together entries=" + bookings.size(), e);
        }
    }

    /** Books the entries of one account together, or one by one if that fails. */
    private List<Optional<BookingResult>> bookAccount(List<Booking> entries) {
        try {
            List<BookingResult> booked = attempt(entries);
            return booked.isEmpty()
                    ? locked(entries)
                    : booked.stream().map(Optional::of).toList();
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "entries.together entries=" + entries.size(), e);
        }
        return oneByOne(entries);
    }

    private List<Optional<BookingResult>> oneByOne(List<Booking> entries) {
        List<Optional<BookingResult>> booked = new ArrayList<>();
        for (Booking booking : entries) {
            try {
                List<BookingResult> result = attempt(List.of(booking));
                if (result.isEmpty()) {
                    // Booking later entries now would break their order.
                    booked.addAll(locked(entries.subList(booked.size(), entries.size())));
                    return booked;
                }
                booked.add(Optional.of(result.get(0)));
            } catch (RuntimeException e) {
                if (Outages.isOutage(e)) {
                    throw e;
                }
                LOG.log(System.Logger.Level.ERROR, "entry.failed key=" + booking.key(), e);
                booked.add(Optional.empty());
            }
        }
        return booked;
    }

    private static List<Optional<BookingResult>> locked(List<Booking> entries) {
        LOG.log(
                System.Logger.Level.WARNING,
                "entries.locked account={0} entries={1}",
                entries.get(0).account(),
                entries.size());
        return entries.stream()
                .map(entry -> Optional.of(new BookingResult(entry, BookingResult.Status.LOCKED, null)))
                .toList();
    }

    /** Books entries of one account in one transaction. Returns an empty list if the account is locked. */
    private List<BookingResult> attempt(List<Booking> entries) {
        if (timeouts == MAX_TIMEOUTS) {
            return List.of();
        }
        boolean waits = timeouts == 0 && Ticker.SYSTEM.since(started).compareTo(MAX_WAIT) < 0;
        try {
            return transaction(entries, waits ? ledger::book : ledger::bookUnlocked);
        } catch (RuntimeException e) {
            if (!Outages.isLockConflict(e)) {
                throw e;
            }
            countTimeout(e);
            return List.of();
        }
    }

    private void countTimeout(RuntimeException conflict) {
        if (!Outages.isDeadlock(conflict)) {
            timeouts++;
        }
    }

    /** Retries once after a deadlock: the database has rolled back this transaction, and the other one proceeds. */
    private static List<BookingResult> transaction(
            List<Booking> entries, Function<List<Booking>, List<BookingResult>> work) {
        try {
            return traced(entries, work);
        } catch (RuntimeException e) {
            if (!Outages.isDeadlock(e)) {
                throw e;
            }
            return traced(entries, work);
        }
    }

    private static List<BookingResult> traced(
            List<Booking> entries, Function<List<Booking>, List<BookingResult>> work) {
        return Traces.together(entries.stream().map(Booking::trace).toList())
                .wrapSupplier(() -> work.apply(entries))
                .get();
    }
}
