/** Reconciles balances with the entries of the ledger, and lists entries for stock-trade to reconcile with its own. */
package finmicro.balance.reconciliation;
