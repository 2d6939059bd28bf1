/** The statement of an account: its entries, the newest first. */
package finmicro.balance.statement;
