/** Matching: receives orders from a queue, and publishes a fill or a no-match for each. */
package finmicro.market.matching;
