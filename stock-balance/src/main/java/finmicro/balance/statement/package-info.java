/** The statement of an account: its entries, newest first. */
package finmicro.balance.statement;
