package finmicro.trade.account.entity;

/** What an account may do. */
public enum AccountStatus {
    /** Orders are accepted. */
    ACTIVE,
    /** No new orders; open ones still fill and settle. */
    SUSPENDED,
    /** Final: no new orders, no cash, no positions. */
    CLOSED
}
