package finmicro.trade.order.entity;

import finmicro.common.problem.Problem;

/**
 * The outcome of an order in a transaction that it shares with other orders: accepted, refused, or, if both fields are null, not
 * decided yet.
 *
 * @param trade the accepted trade, from this request or an earlier one with the same key; null unless accepted
 * @param refusal the reason for a refusal, in which case nothing is stored; null unless refused
 */
public record Acceptance(Trade trade, Problem refusal) {

    /** Not decided yet: another transaction has locked the account, or the account must be opened first. */
    public static final Acceptance BUSY = new Acceptance(null, null);

    public static Acceptance of(Trade trade) {
        return new Acceptance(trade, null);
    }

    public static Acceptance refused(Problem reason) {
        return new Acceptance(null, reason);
    }

    /** Whether to retry once the account is free. */
    public boolean isBusy() {
        return trade == null && refusal == null;
    }

    /**
     * The accepted trade.
     *
     * @throws finmicro.common.problem.ProblemException if the order was refused
     */
    public Trade orThrow() {
        if (refusal != null) {
            throw refusal.exception();
        }
        return trade;
    }
}
