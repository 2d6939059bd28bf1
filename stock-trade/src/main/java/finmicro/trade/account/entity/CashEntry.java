package finmicro.trade.account.entity;

import finmicro.common.json.StrictJson;
import finmicro.trade.outbox.entity.OutboxMessage;

/**
 * A ledger entry that moves cash of an account and is not about a trade, as {@code POST /balance/entries} has it.
 *
 * @param key unique in the ledger
 * @param account null for the account {@code main}
 * @param amount whole yen, at least 0; the kind says in which direction
 * @param reference of a deposit or withdrawal; otherwise null
 */
public record CashEntry(String key, String account, Kind kind, long amount, String reference) {

    private static final String MAIN = "main";

    /** What the entry is. */
    public enum Kind {
        /** The cash that an account starts with. */
        OPENING,
        /** Cash added by the customer. */
        DEPOSIT,
        /** Cash paid out to the customer. */
        WITHDRAWAL
    }

    /** Bodies to stock-balance name every account but {@code main}. */
    public CashEntry {
        account = MAIN.equals(account) ? null : account;
    }

    /** The opening of an account with so much cash; there is one for each account. */
    public static CashEntry opening(String account, long amount) {
        return new CashEntry("opening-" + account, account, Kind.OPENING, amount, null);
    }

    /** The message that has stock-balance book it. */
    public OutboxMessage message(StrictJson json, String traceparent) {
        return OutboxMessage.entry(key, json.text(this), traceparent);
    }
}
