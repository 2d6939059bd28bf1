/** Accounts of customers as stock-trade sees them: cash, positions, and what open orders reserve. */
package finmicro.trade.account;
