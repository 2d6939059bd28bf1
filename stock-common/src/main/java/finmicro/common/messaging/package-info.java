/** Queues and topics: {@link finmicro.common.messaging.QueuePoller} in, {@link finmicro.common.messaging.Publisher} out. */
package finmicro.common.messaging;
