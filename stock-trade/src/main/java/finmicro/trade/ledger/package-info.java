/** The ledger in stock-balance: sends entries to book, and reads bookings. */
package finmicro.trade.ledger;
