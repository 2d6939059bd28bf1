package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.Legs;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.trading.Account;
import io.opentelemetry.context.Context;
import java.util.Objects;

/**
 * An entry to book.
 *
 * @param key idempotency key
 * @param fill the fill to settle; null unless the entry is a settlement
 * @param amount whole yen that the customer receives; negative for a withdrawal, 0 for a settlement
 * @param reference text for the statement; null if there is none
 * @param inFeed whether the entry goes into the feed, because stock-trade did not request it
 * @param trace trace context of the booking; the root context if it is not traced
 */
public record Booking(
        String key,
        String account,
        EntryKind kind,
        Settlement fill,
        long amount,
        String reference,
        boolean inFeed,
        Context trace) {

    /** The settlement of a fill for the account. */
    public static Booking settlement(Settlement fill, String account, boolean inFeed, Context trace) {
        return new Booking(settlementKey(fill.tradeNo()), account, EntryKind.SETTLEMENT, fill, 0, null, inFeed, trace);
    }

    /** The key of a settlement. */
    public static String settlementKey(long tradeNo) {
        return "trade-" + tradeNo;
    }

    /** The settlement of a fill from any caller: for the account that the fill names, or main. Goes into the feed. */
    public static Booking external(Settlement fill, Context trace) {
        return settlement(fill, fill.account() == null ? Account.MAIN : fill.account(), true, trace);
    }

    /** Like {@link #external(Settlement, Context)}, with the trace context of a batch entry. */
    public static Booking external(Settlement fill, String traceparent) {
        return external(fill, TraceContext.of(traceparent));
    }

    boolean isSettlement() {
        return kind == EntryKind.SETTLEMENT;
    }

    boolean matches(LedgerEntry entry) {
        return entry.account().equals(account)
                && entry.kind() == kind
                && entry.customerCash() == amount
                && Objects.equals(entry.reference(), reference);
    }

    Legs legs() {
        return isSettlement() ? Legs.of(fill) : Legs.cash(amount);
    }
}
