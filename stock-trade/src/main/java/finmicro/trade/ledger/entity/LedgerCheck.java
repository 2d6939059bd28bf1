package finmicro.trade.ledger.entity;

import finmicro.common.reconciliation.Difference;
import jakarta.annotation.Nullable;
import java.util.List;

/**
 * The result of the ledger's check of its own accounts: the response of {@code POST /balance/reconciliation}.
 *
 * @param entries number of entries in the checked sums
 * @param nextCursor the last checked account; absent if there are no further accounts
 */
public record LedgerCheck(
        int accounts,
        long entries,
        List<Difference> differences,
        @Nullable String nextCursor) {}
