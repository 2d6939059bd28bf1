package finmicro.common.messaging;

/**
 * A message that was not taken, while its call as a whole was answered.
 *
 * @param id the {@link Outgoing#id()}
 * @param cause what has to change before it is taken
 * @param reason the server's code and message
 */
public record Undelivered(String id, Cause cause, String reason) {

    /** Why a message was not taken. */
    public enum Cause {
        /** Its own content: sending it again cannot help. */
        MESSAGE,
        /** The queue or topic, or the permission to use it: no message is taken until an operator has mended it. */
        DESTINATION,
        /** The server was busy or failed: the message may be taken later. */
        BUSY
    }

    /** Whether sending it again cannot help. */
    public boolean refused() {
        return cause == Cause.MESSAGE;
    }
}
