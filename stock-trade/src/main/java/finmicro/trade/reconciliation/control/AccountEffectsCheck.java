package finmicro.trade.reconciliation.control;

import finmicro.common.reconciliation.AccountCheck;
import finmicro.common.reconciliation.AccountSums;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Compares cash and positions of an account with the sum of its effects, and its reservations with the needs of its trades. A
 * finished trade keeps its reservation until the sweep.
 */
@ApplicationScoped
public class AccountEffectsCheck implements AccountCheck {

    /** Forces the indexes that read only these trades; any other reads all trades of the account. */
    private static final String NEEDED = " UNION ALL SELECT 'NEEDED', IF(t.trade_type = 'SELL', t.stock_code, ''),"
            + " SUM(t.reserved_cash), SUM(IF(t.trade_type = 'SELL', t.order_quantity, 0)), 0"
            + " FROM trades t FORCE INDEX (%s) WHERE t.account = ?1 AND t.account_effect = 'R' AND t.trade_status IN (%s)"
            + " GROUP BY IF(t.trade_type = 'SELL', t.stock_code, '')";

    private static final String STATEMENT =
            "SELECT 'ACTUAL', '', a.cash, 0, a.last_sequence FROM accounts a WHERE a.account = ?1"
                    + " UNION ALL SELECT 'RESERVED', '', a.reserved_cash, 0, 0 FROM accounts a WHERE a.account = ?1"
                    + " UNION ALL SELECT 'ACTUAL', p.stock_code, 0, p.quantity, 0 FROM positions p WHERE p.account = ?1"
                    + " UNION ALL SELECT 'RESERVED', p.stock_code, 0, p.reserved_quantity, 0 FROM positions p"
                    + " WHERE p.account = ?1"
                    + " UNION ALL SELECT 'ENTRIES', COALESCE(e.stock_code, ''), SUM(e.cash), SUM(e.shares), COUNT(*)"
                    + " FROM account_effects e WHERE e.account = ?1 AND e.sequence > ?2 AND e.sequence <= ?3"
                    + " GROUP BY e.stock_code"
                    + NEEDED.formatted("trades_by_account_status", "'0'")
                    + NEEDED.formatted("trades_by_effect", "'1', '2', '9'");

    private static final AccountSums SUMS = new AccountSums("accounts", STATEMENT);

    @PersistenceContext(unitName = "trade")
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
