/** Operator functions: list, open, suspend and close accounts, and book deposits and withdrawals. */
package finmicro.trade.operator;
