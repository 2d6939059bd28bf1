package finmicro.trade.account.entity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an account may do. */
@Schema(
        examples = "SUSPENDED",
        description = "What an account may do. A suspended one places no orders; a closed one stays closed")
public enum AccountStatus {
    /** Orders are accepted. */
    ACTIVE,
    /** No new orders; open ones still fill and settle. */
    SUSPENDED,
    /** Final: no new orders, no cash, no positions. */
    CLOSED
}
