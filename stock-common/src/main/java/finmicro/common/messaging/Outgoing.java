package finmicro.common.messaging;

/**
 * A message to be sent.
 *
 * @param id the sender's own id of it, unique within a call; travels as the message attribute {@code messageId}
 * @param body JSON, at most 256 KiB
 * @param traceparent the W3C trace context to travel with it, or null
 */
public record Outgoing(String id, String body, String traceparent) {}
