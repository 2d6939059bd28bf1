package finmicro.trade.ledger.control;

import finmicro.common.problem.Problem;
import finmicro.trade.ledger.entity.EntryOutcomes.EntryOutcome;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** What an answer of stock-balance means for the messages that were sent. */
final class Answers {

    private static final Set<Integer> AWAY = Set.of(401, 403, 502, 503, 504);
    private static final Set<Integer> RETRIED = Set.of(408, 429);

    private Answers() {}

    /**
     * The outcome of a whole request. A 404 without a problem document comes from a server whose application is not deployed
     * yet. That stock-trade is not allowed in (401, 403) concerns every message: they wait until an operator has repaired it.
     */
    static Outcome outcome(Response response) {
        int status = response.getStatus();
        String reason = "stock-balance answers " + status;
        if (AWAY.contains(status) || (status == 404 && !Problem.isIn(response))) {
            return Outcome.unavailable(reason);
        }
        return outcome(status, reason);
    }

    /** The outcome of one entry of a request. */
    static Outcome outcome(EntryOutcome entry) {
        String reason = "stock-balance answers " + entry.status() + " for the entry";
        return outcome(entry.status(), entry.detail() == null ? reason : reason + ": " + entry.detail());
    }

    private static Outcome outcome(int status, String reason) {
        if (status == 200 || status == 204) {
            return Outcome.SENT;
        }
        return status >= 500 || RETRIED.contains(status) ? Outcome.retry(reason) : Outcome.refused(reason);
    }
}
