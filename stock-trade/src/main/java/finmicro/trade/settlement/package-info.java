/** Settlements: a contract is told to stock-balance until it has booked it. */
package finmicro.trade.settlement;
