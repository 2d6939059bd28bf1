package finmicro.trade.operator.boundary;

import finmicro.trade.account.entity.AccountStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of an account.
 *
 * @param status what it becomes; closed is final
 */
@Schema(description = "A change of an account")
public record StatusChange(AccountStatus status) {}
