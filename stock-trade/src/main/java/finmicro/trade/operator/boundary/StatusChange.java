package finmicro.trade.operator.boundary;

import finmicro.trade.account.entity.AccountStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of the status of an account.
 *
 * @param status the new status; closed is final
 */
@Schema(description = "A change of the status of an account")
public record StatusChange(AccountStatus status) {}
