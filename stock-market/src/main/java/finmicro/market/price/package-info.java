/** Prices: drawn, published, and remembered until the next. */
package finmicro.market.price;
