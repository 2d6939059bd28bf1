/** Prices: draws and publishes them, and keeps the last one. */
package finmicro.market.price;
