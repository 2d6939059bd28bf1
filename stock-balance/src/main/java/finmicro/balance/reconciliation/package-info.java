/** Whether balances agree with the entries of the ledger, and what stock-trade compares with its own. */
package finmicro.balance.reconciliation;
