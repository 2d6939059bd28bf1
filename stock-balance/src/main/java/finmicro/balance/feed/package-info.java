/** What stock-trade reads to agree with the ledger: bookings from elsewhere, snapshots, and which trades are booked. */
package finmicro.balance.feed;
