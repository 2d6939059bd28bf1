/** The ledger in stock-balance: what stock-trade sends there to book, and what it reads back. */
package finmicro.trade.ledger;
