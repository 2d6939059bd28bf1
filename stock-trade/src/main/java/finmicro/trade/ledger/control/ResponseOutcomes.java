package finmicro.trade.ledger.control;

import finmicro.common.problem.Problem;
import finmicro.trade.ledger.entity.EntryOutcomes.EntryOutcome;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Maps responses of stock-balance to outcomes of the messages. */
final class ResponseOutcomes {

    private static final Set<Integer> UNAVAILABLE = Set.of(401, 403, 502, 503, 504);
    private static final Set<Integer> RETRIED = Set.of(408, 429);

    private ResponseOutcomes() {}

    /**
     * The outcome of a whole request. A 404 without a problem document comes from a server whose application is not deployed
     * yet. A 401 or 403 concerns every message: they wait until an operator has fixed the access.
     */
    static Outcome outcome(Response response) {
        int status = response.getStatus();
        String reason = "stock-balance returned " + status;
        if (UNAVAILABLE.contains(status) || (status == 404 && !Problem.isIn(response))) {
            return Outcome.unavailable(reason);
        }
        return outcome(status, reason);
    }

    /** The outcome of one entry of a request. */
    static Outcome outcome(EntryOutcome entry) {
        String reason = "stock-balance returned " + entry.status() + " for the entry";
        return outcome(entry.status(), entry.detail() == null ? reason : reason + ": " + entry.detail());
    }

    private static Outcome outcome(int status, String reason) {
        if (status == 200 || status == 204) {
            return Outcome.SENT;
        }
        return status >= 500 || RETRIED.contains(status) ? Outcome.retry(reason) : Outcome.refused(reason);
    }
}
