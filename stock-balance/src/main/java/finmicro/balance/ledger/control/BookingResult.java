package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.StockMove;

/**
 * What became of a booking.
 *
 * @param move of a settlement that is booked; else null
 */
public record BookingResult(Booking booking, Status status, StockMove move) {

    /** Whether it is booked. */
    public enum Status {
        /** Booked now. */
        BOOKED,

        /** Booked before, just so. */
        REPEATED,

        /** Something else was booked under its key or number before. */
        CONFLICT,

        /** Not booked, since another transaction has the lock of the account; may be booked later. */
        LOCKED
    }

    /** What conflicts, for people. */
    public String conflict() {
        return booking.isSettlement()
                ? "trade " + booking.contract().tradeNo() + " was settled with other content"
                : "an entry with other content was booked as " + booking.key();
    }
}
