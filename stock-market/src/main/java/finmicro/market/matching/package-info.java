/** Matching: an order comes in from the queue, a contract goes out. */
package finmicro.market.matching;
