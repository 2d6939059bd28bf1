package finmicro.common.messaging;

/**
 * A message whose body has been read.
 *
 * @param body what its producer wrote
 * @param messageId the queue server's id of it, for logs
 * @param traceparent the W3C trace context it came with, or null
 * @param <T> the record of its body
 */
public record Received<T>(T body, String messageId, String traceparent) {}
