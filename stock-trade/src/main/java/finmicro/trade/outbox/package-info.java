/** The outbox: what was committed to be told, told until it is taken. */
package finmicro.trade.outbox;
