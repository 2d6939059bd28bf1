package finmicro.trade.ledger.entity;

import finmicro.common.reconciliation.Difference;
import jakarta.annotation.Nullable;
import java.util.List;

/**
 * What the ledger found of its own accounts: the answer to {@code POST /balance/reconciliation}.
 *
 * @param entries how many were summed up
 * @param nextCursor the last account; absent if none comes after it
 */
public record LedgerCheck(
        int accounts,
        long entries,
        List<Difference> differences,
        @Nullable String nextCursor) {}
