/** Contracts: what the market answers to an order. */
package finmicro.trade.contract;
