package finmicro.balance.reconciliation.control;

import finmicro.common.reconciliation.AccountCheck;
import finmicro.common.reconciliation.AccountSums;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Compares the cash and the holdings of an account with the sum of its entries. Ignores the old tables of {@code main}: the
 * next booking books their differences as adjustments.
 */
@ApplicationScoped
public class LedgerCheck implements AccountCheck {

    private static final String STATEMENT =
            "SELECT 'ACTUAL', '', a.cash_value, 0, a.last_sequence FROM ledger_accounts a WHERE a.account = ?1"
                    + " UNION ALL SELECT 'ACTUAL', h.stock_code, 0, h.stock_quantity, 0 FROM ledger_holdings h"
                    + " WHERE h.account = ?1"
                    + " UNION ALL SELECT 'ENTRIES', COALESCE(e.stock_code, ''), SUM(e.customer_cash),"
                    + " SUM(e.customer_shares), COUNT(*) FROM ledger_entries e"
                    + " WHERE e.account = ?1 AND e.sequence > ?2 AND e.sequence <= ?3 GROUP BY e.stock_code";

    private static final AccountSums SUMS = new AccountSums("ledger_accounts", STATEMENT);

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Override
    @Transactional
    public List<String> accounts(String after, int limit) {
        return SUMS.accounts(entities, after, limit);
    }

    @Override
    @Transactional
    public Checked check(String account) {
        return SUMS.check(entities, account);
    }
}
