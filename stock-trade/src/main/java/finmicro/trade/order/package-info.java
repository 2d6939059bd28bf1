/** Orders: taken, numbered, kept, told to the market. */
package finmicro.trade.order;
