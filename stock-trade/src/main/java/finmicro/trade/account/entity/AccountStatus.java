package finmicro.trade.account.entity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The status of an account. */
@Schema(
        examples = "SUSPENDED",
        description = "Status of an account. A suspended account cannot place orders; closed is final")
public enum AccountStatus {
    /** Orders are accepted. */
    ACTIVE,
    /** No new orders; open orders still fill and settle. */
    SUSPENDED,
    /** Final: no new orders, no cash, no positions. */
    CLOSED
}
