/** Customer accounts in stock-trade: cash, positions, and reservations of open orders. */
package finmicro.trade.account;
