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
 * An entry to be booked.
 *
 * @param key identifies it; booked once
 * @param contract the fill; null unless a fill is settled
 * @param amount whole yen that the customer gets; below 0 for a withdrawal, 0 if a fill is settled
 * @param reference a text for the statement; null for none
 * @param fed whether stock-trade has to learn of it from the feed
 * @param trace the context that the booking belongs to; the root for none
 */
public record Booking(
        String key,
        String account,
        EntryKind kind,
        Settlement contract,
        long amount,
        String reference,
        boolean fed,
        Context trace) {

    /** A fill for the account that it names, or main. */
    public static Booking settlement(Settlement contract, String account, boolean fed, Context trace) {
        return new Booking(
                settlementKey(contract.tradeNo()), account, EntryKind.SETTLEMENT, contract, 0, null, fed, trace);
    }

    /** The key of a settlement. */
    public static String settlementKey(long tradeNo) {
        return "trade-" + tradeNo;
    }

    /** A fill that another caller than stock-trade may have sent: its own account, and the feed. */
    public static Booking external(Settlement contract, Context trace) {
        return settlement(contract, contract.account() == null ? Account.MAIN : contract.account(), true, trace);
    }

    /** The same, of a batch: each brings its trace along. */
    public static Booking external(Settlement contract, String traceparent) {
        return external(contract, TraceContext.of(traceparent));
    }

    boolean isSettlement() {
        return kind == EntryKind.SETTLEMENT;
    }

    boolean isOf(LedgerEntry entry) {
        return entry.account().equals(account)
                && entry.kind() == kind
                && entry.customerCash() == amount
                && Objects.equals(entry.reference(), reference);
    }

    Legs legs() {
        return isSettlement() ? Legs.of(contract) : Legs.cash(amount);
    }
}
