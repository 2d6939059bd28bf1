/** The ledger: cash, holdings, entries, and one move for each settled trade. */
package finmicro.balance.ledger;
