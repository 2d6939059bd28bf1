/** The market: sends orders to it and receives its results. */
package finmicro.trade.market;
