package finmicro.trade.ledger.control;

import finmicro.common.problem.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.control.Delivery;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells stock-balance its messages, of itself in one request each. That it is away is a delay, never a loss. */
public abstract class BalanceDelivery implements Delivery {

    private static final Set<Integer> AWAY = Set.of(401, 403, 502, 503, 504);

    /** Sends one message; throws {@link ProcessingException} when there is no answer. */
    protected abstract Response send(OutboxMessage message);

    @Override
    public Map<String, Outcome> deliver(List<OutboxMessage> messages, ClaimDeadline deadline) {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (OutboxMessage message : messages) {
            if (!deadline.allows(BalanceGateway.LONGEST_CALL)) {
                break;
            }
            Outcome outcome = deliver(message);
            outcomes.put(message.messageId(), outcome);
            if (outcome.result() == Outcome.Result.AWAY) {
                break;
            }
        }
        return outcomes;
    }

    private Outcome deliver(OutboxMessage message) {
        return TraceContext.of(message.traceparent())
                .wrapSupplier(() -> outcome(message))
                .get();
    }

    private Outcome outcome(OutboxMessage message) {
        try (Response response = send(message)) {
            return outcome(response);
        } catch (ProcessingException e) {
            return outcome(e);
        }
    }

    /** What it means that there is no answer. */
    static Outcome outcome(ProcessingException e) {
        return Outcome.away(Outages.reason(e));
    }

    /**
     * A 404 without a problem document comes from a server whose application is not there yet. That stock-trade is not let in
     * (401, 403) is so for every message, and no fault of any of them: they wait until an operator has mended it.
     */
    static Outcome outcome(Response response) {
        int status = response.getStatus();
        String reason = "stock-balance answers " + status;
        if (status == 200 || status == 204) {
            return Outcome.SENT;
        }
        if (AWAY.contains(status) || (status == 404 && !Problem.isIn(response))) {
            return Outcome.away(reason);
        }
        return status >= 500 || status == 408 || status == 429 ? Outcome.again(reason) : Outcome.refused(reason);
    }
}
