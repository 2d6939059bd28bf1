package finmicro.common.messaging;

/**
 * A message that was rejected in an otherwise successful batch call.
 *
 * @param id the {@link Outgoing#id()}
 * @param cause the cause, which decides whether and when a retry can succeed
 * @param reason the server's error code and message
 */
public record Undelivered(String id, Cause cause, String reason) {

    /** Why a message was rejected. */
    public enum Cause {
        /** Its content: a retry fails too. */
        MESSAGE,
        /** The queue or topic, or the permission to use it: every message fails until an operator fixes it. */
        DESTINATION,
        /** The server was busy or failed: a retry may succeed. */
        BUSY
    }

    /** Whether the failure is permanent. */
    public boolean refused() {
        return cause == Cause.MESSAGE;
    }
}
