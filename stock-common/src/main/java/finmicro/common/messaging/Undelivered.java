package finmicro.common.messaging;

/**
 * A message that was not taken, while its call as a whole was answered.
 *
 * @param id the {@link Outgoing#id()}
 * @param refused true when sending it again cannot help, false when it may
 * @param reason the server's code and message
 */
public record Undelivered(String id, boolean refused, String reason) {}
