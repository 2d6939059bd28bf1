/** Reconciliation of stored balances with the entries that they result from. */
package finmicro.common.reconciliation;
