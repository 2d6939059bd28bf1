package finmicro.common.messaging;

/**
 * A message to send.
 *
 * @param id the sender's message ID, unique within a call; sent as the message attribute {@code messageId}
 * @param body JSON, at most 256 KiB
 * @param traceparent the W3C trace context to send with it, or null
 */
public record Outgoing(String id, String body, String traceparent) {}
