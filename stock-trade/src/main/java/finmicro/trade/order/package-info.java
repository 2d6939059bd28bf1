/** Orders: accepts, numbers and stores them, sends them to the market, and records their fills. */
package finmicro.trade.order;
