package finmicro.trade.outbox.entity;

/**
 * The outcome of an attempt to send a message.
 *
 * @param reason why it was not sent, for an operator; empty if it was sent
 */
public record Outcome(Result result, String reason) {

    /** The kinds of outcome. */
    public enum Result {
        /** The destination accepted the message. */
        SENT,
        /** A transient failure of this message only: retried with a backoff. */
        RETRY,
        /** The destination is unavailable: all messages are retried as soon as it is available. */
        UNAVAILABLE,
        /** The destination rejected the content of the message: parked for an operator, never dropped. */
        REFUSED,
        /** Not attempted: due at once, without counting an attempt. */
        UNTRIED
    }

    public static final Outcome SENT = new Outcome(Result.SENT, "");

    /** Not attempted, because the claim was about to expire. */
    public static final Outcome UNTRIED = new Outcome(Result.UNTRIED, "not attempted within its claim");

    public static Outcome retry(String reason) {
        return new Outcome(Result.RETRY, reason);
    }

    public static Outcome unavailable(String reason) {
        return new Outcome(Result.UNAVAILABLE, reason);
    }

    public static Outcome refused(String reason) {
        return new Outcome(Result.REFUSED, reason);
    }
}
