/** The access token with which stock-trade calls the other services. */
package finmicro.trade.access;
