/** The transactional outbox: stores messages with the change that causes them, and sends them at least once. */
package finmicro.trade.outbox;
