package finmicro.trade.outbox.entity;

/**
 * What became of an attempt to deliver a message.
 *
 * @param reason why not, for an operator; empty when sent
 */
public record Outcome(Result result, String reason) {

    /** The ways it can end. */
    public enum Result {
        /** Taken. */
        SENT,
        /** Not taken this time, while the destination answers: this message again later. */
        AGAIN,
        /** The destination is away: all messages again, as soon as it is back. */
        AWAY,
        /** Refused for what it is: parked for an operator, never dropped. */
        REFUSED,
        /** Not attempted: due at once, and no attempt is counted. */
        UNTRIED
    }

    /** Taken. */
    public static final Outcome SENT = new Outcome(Result.SENT, "");

    /** Not attempted: the time of the claim was used up by other messages. */
    public static final Outcome UNTRIED = new Outcome(Result.UNTRIED, "not attempted within its claim");

    /** This message again later. */
    public static Outcome again(String reason) {
        return new Outcome(Result.AGAIN, reason);
    }

    /** All messages again, as soon as the destination is back. */
    public static Outcome away(String reason) {
        return new Outcome(Result.AWAY, reason);
    }

    /** Parked for an operator. */
    public static Outcome refused(String reason) {
        return new Outcome(Result.REFUSED, reason);
    }
}
