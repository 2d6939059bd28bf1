/** The API by which stock-trade follows the ledger: bookings of other callers, snapshots, and which trades are booked. */
package finmicro.balance.feed;
