/** Reconciles accounts with their journal, and the journal with the ledger in stock-balance. */
package finmicro.trade.reconciliation;
