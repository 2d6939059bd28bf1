package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Invariants of the entries of all accounts in the ledger. */
final class LedgerAudit {

    /** Queries that count wrong rows. */
    private static final Map<String, String> FAULTS = Map.of(
            "entries whose legs do not sum to zero in yen",
            "SELECT COUNT(*) FROM ledger_entries"
                    + " WHERE customer_cash + clearing_cash + fee_cash + tax_cash + bank_cash <> 0",
            "stocks whose entries do not sum to zero in shares",
            "SELECT COUNT(*) FROM (SELECT stock_code FROM ledger_entries GROUP BY stock_code"
                    + " HAVING SUM(customer_shares + clearing_shares) <> 0) unbalanced",
            "accounts with a gap in their sequence",
            "SELECT COUNT(*) FROM (SELECT account, COUNT(*) AS entries, MIN(sequence) AS lowest, MAX(sequence) AS highest"
                    + " FROM ledger_entries GROUP BY account) e LEFT JOIN ledger_accounts a ON a.account = e.account"
                    + " WHERE lowest <> 1 OR entries <> highest OR a.last_sequence IS NULL OR a.last_sequence <> highest",
            "entries with a wrong cash balance after them",
            "SELECT COUNT(*) FROM (SELECT cash_after - SUM(customer_cash)"
                    + " OVER (PARTITION BY account ORDER BY sequence) AS difference FROM ledger_entries) running"
                    + " WHERE difference <> 0",
            "entries with a wrong number of shares after them",
            "SELECT COUNT(*) FROM (SELECT shares_after - SUM(customer_shares)"
                    + " OVER (PARTITION BY account, stock_code ORDER BY sequence) AS difference FROM ledger_entries"
                    + " WHERE stock_code IS NOT NULL) running WHERE difference <> 0");

    private LedgerAudit() {}

    static void assertIsExact(Trading trading) {
        FAULTS.forEach((fault, query) ->
                assertThat(trading.number("StockBalance", query)).as(fault).isZero());
    }
}
