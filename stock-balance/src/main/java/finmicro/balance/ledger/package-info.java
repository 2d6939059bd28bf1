/** The ledger: cash, holdings, and one move for each settled trade. */
package finmicro.balance.ledger;
