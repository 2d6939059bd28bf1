/** What an operator does with accounts: list, open, suspend and close them, and book deposits and withdrawals. */
package finmicro.trade.operator;
