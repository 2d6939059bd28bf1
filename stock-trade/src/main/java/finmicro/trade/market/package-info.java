/** The market: orders on their way to it, and what it answers. */
package finmicro.trade.market;
