/** Queues and topics: {@link finmicro.common.messaging.QueuePoller} receives, {@link finmicro.common.messaging.Publisher} sends. */
package finmicro.common.messaging;
