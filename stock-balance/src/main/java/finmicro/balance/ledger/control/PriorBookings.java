package finmicro.balance.ledger.control;

import finmicro.balance.ledger.control.BookingResult.Status;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.StockMove;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds entries of a request that were booked before: by an earlier request, or earlier in the same one. */
final class PriorBookings {

    private final Map<Long, StockMove> moves;
    private final Map<String, LedgerEntry> entries;

    PriorBookings(Map<Long, StockMove> moves, Map<String, LedgerEntry> entries) {
        this.moves = new HashMap<>(moves);
        this.entries = new HashMap<>(entries);
    }

    /** @param move null unless the entry is a settlement */
    void add(LedgerEntry entry, StockMove move) {
        entries.put(entry.key(), entry);
        if (move != null) {
            moves.put(move.tradeNo(), move);
        }
    }

    /** Returns an empty result if the booking is new. */
    Optional<BookingResult> result(Booking booking) {
        if (!booking.isSettlement()) {
            return Optional.ofNullable(entries.get(booking.key()))
                    .map(entry -> result(booking, booking.matches(entry), null));
        }
        return Optional.ofNullable(moves.get(booking.fill().tradeNo()))
                .map(move -> result(booking, move.matches(booking.fill(), booking.account()), move));
    }

    private static BookingResult result(Booking booking, boolean same, StockMove move) {
        return same
                ? new BookingResult(booking, Status.REPEATED, move)
                : new BookingResult(booking, Status.CONFLICT, null);
    }
}
