/** As whom stock-trade calls the other services: its own access token. */
package finmicro.trade.access;
