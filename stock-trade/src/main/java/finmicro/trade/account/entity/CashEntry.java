package finmicro.trade.account.entity;

import finmicro.common.json.StrictJson;
import finmicro.trade.outbox.entity.OutboxMessage;

/**
 * A ledger entry that moves cash without a trade, as sent to {@code POST /balance/entries}.
 *
 * @param key unique within the ledger
 * @param account null for the account {@code main}
 * @param amount whole yen, at least 0; the kind determines the direction
 * @param reference text of a deposit or withdrawal; null otherwise
 */
public record CashEntry(String key, String account, Kind kind, long amount, String reference) {

    private static final String MAIN = "main";

    /** The kind of entry. */
    public enum Kind {
        /** Opening cash of an account. */
        OPENING,
        /** Cash paid in by the customer. */
        DEPOSIT,
        /** Cash paid out to the customer. */
        WITHDRAWAL
    }

    /** Sets the account {@code main} to null: requests to stock-balance omit it. */
    public CashEntry {
        account = MAIN.equals(account) ? null : account;
    }

    /** The opening of an account with {@code amount} yen. Each account has one such entry. */
    public static CashEntry opening(String account, long amount) {
        return new CashEntry("opening-" + account, account, Kind.OPENING, amount, null);
    }

    /** The outbox message that sends this entry to stock-balance. */
    public OutboxMessage message(StrictJson json, String traceparent) {
        return OutboxMessage.entry(key, json.text(this), traceparent);
    }
}
