/** The screen to trade on: what it is told of its surroundings, and what a browser is told about it. */
package finmicro.trade.page;
