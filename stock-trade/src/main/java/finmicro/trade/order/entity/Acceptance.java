package finmicro.trade.order.entity;

import finmicro.common.problem.Problem;

/**
 * The outcome of an order in a transaction that it shares with other orders: one of the two is null, or both.
 *
 * @param trade the accepted trade, now or before under the same key
 * @param refusal the reason for a refusal; nothing is stored then
 */
public record Acceptance(Trade trade, Problem refusal) {

    /** Not decided: another transaction has locked the account, or it has to be opened first. */
    public static final Acceptance BUSY = new Acceptance(null, null);

    /** The trade that was accepted. */
    public static Acceptance of(Trade trade) {
        return new Acceptance(trade, null);
    }

    /** Refused for this reason. */
    public static Acceptance refused(Problem reason) {
        return new Acceptance(null, reason);
    }

    /** Whether it has to be tried once more, when its account is free. */
    public boolean isBusy() {
        return trade == null && refusal == null;
    }

    /**
     * The trade.
     *
     * @throws finmicro.common.problem.ProblemException the refusal
     */
    public Trade placed() {
        if (refusal != null) {
            throw refusal.exception();
        }
        return trade;
    }
}
