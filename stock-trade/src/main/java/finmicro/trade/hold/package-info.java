/** What stock-balance holds for an order until it is settled, and its release where the order comes to nothing. */
package finmicro.trade.hold;
