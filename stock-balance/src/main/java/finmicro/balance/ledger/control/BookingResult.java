package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.StockMove;

/**
 * The result of a booking.
 *
 * @param move the move of a booked settlement; null otherwise
 */
public record BookingResult(Booking booking, Status status, StockMove move) {

    /** Whether the entry is booked. */
    public enum Status {
        /** Booked by this call. */
        BOOKED,

        /** Booked before with the same content. */
        REPEATED,

        /** Its key or trade number was booked before with different content. */
        CONFLICT,

        /** Not booked, because another transaction has locked the account. A retry may succeed. */
        LOCKED
    }

    /** Describes the conflict in plain language. */
    public String conflict() {
        return booking.isSettlement()
                ? "trade " + booking.fill().tradeNo() + " was settled before with different content"
                : "entry " + booking.key() + " was booked before with different content";
    }
}
