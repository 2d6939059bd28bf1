package finmicro.balance.ledger.control;

import finmicro.balance.ledger.control.BookingResult.Status;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.StockMove;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was booked under the keys and trade numbers of a request, before it or earlier in it. */
final class Known {

    private final Map<Long, StockMove> moves;
    private final Map<String, LedgerEntry> entries;

    Known(Map<Long, StockMove> moves, Map<String, LedgerEntry> entries) {
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

    /** Empty if the booking is new. */
    Optional<BookingResult> result(Booking booking) {
        if (!booking.isSettlement()) {
            return Optional.ofNullable(entries.get(booking.key()))
                    .map(entry -> result(booking, booking.isOf(entry), null));
        }
        return Optional.ofNullable(moves.get(booking.contract().tradeNo()))
                .map(move -> result(booking, move.isOf(booking.contract(), booking.account()), move));
    }

    private static BookingResult result(Booking booking, boolean same, StockMove move) {
        return same
                ? new BookingResult(booking, Status.REPEATED, move)
                : new BookingResult(booking, Status.CONFLICT, null);
    }
}
