package finmicro.trade.ledger.control;

import finmicro.common.problem.Outages;
import finmicro.common.time.Ticker;
import finmicro.trade.ledger.entity.LedgerEntry;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends entries to stock-balance: all in one request. If that request fails as a whole, each entry is sent alone, so that the
 * entry at fault does not hold up the others. The old stock-balance has no such endpoint: it gets settlements one by one.
 */
@ApplicationScoped
public class EntrySender {

    private static final Set<Integer> NO_SUCH_ENDPOINT = Set.of(404, 405);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private enum Way {
        TOGETHER,
        ALONE,
        OLD
    }

    private record Since(Way way, long nanos) {}

    private final EntryCalls calls;
    private final Ticker ticker;
    private volatile Since since;

    @Inject
    public EntrySender(EntryCalls calls, Ticker ticker) {
        this.calls = calls;
        this.ticker = ticker;
        remember(Way.TOGETHER);
    }

    /**
     * Sends entries for as long as their claim allows.
     *
     * @return the outcome of each entry that was sent, by message id
     */
    Map<String, Outcome> send(List<LedgerEntry> entries, ClaimDeadline deadline) {
        if (entries.isEmpty() || !deadline.allows(BalanceGateway.LONGEST_CALL)) {
            return Map.of();
        }
        return switch (way()) {
            case TOGETHER -> together(entries, deadline);
            case ALONE -> inTurn(Way.ALONE, entries, deadline);
            case OLD -> inTurn(Way.OLD, entries, deadline);
        };
    }

    private Way way() {
        Since current = since;
        return ticker.since(current.nanos()).compareTo(REMEMBERED) < 0 ? current.way() : Way.TOGETHER;
    }

    private void remember(Way way) {
        since = new Since(way, ticker.nanos());
    }

    private Map<String, Outcome> together(List<LedgerEntry> entries, ClaimDeadline deadline) {
        Way next;
        try (Response response = calls.book(entries)) {
            if (response.getStatus() == 200) {
                return calls.outcomes(entries, response);
            }
            Outcome outcome = Answers.outcome(response);
            if (NO_SUCH_ENDPOINT.contains(response.getStatus())) {
                next = Way.OLD;
            } else if (entries.size() > 1 && isAtFault(response, outcome)) {
                next = Way.ALONE;
            } else {
                return ofEach(entries, outcome);
            }
        } catch (ProcessingException e) {
            return ofEach(entries, away(e));
        }
        return inTurn(next, entries, deadline);
    }

    /** One of the entries may be the cause: the others need not wait for it. */
    private static boolean isAtFault(Response response, Outcome outcome) {
        return response.getStatus() == 500 || outcome.result() == Outcome.Result.REFUSED;
    }

    private static Map<String, Outcome> ofEach(List<LedgerEntry> entries, Outcome outcome) {
        return entries.stream()
                .collect(Collectors.toMap(entry -> entry.message().messageId(), entry -> outcome));
    }

    private static Outcome away(ProcessingException e) {
        return Outcome.unavailable(Outages.reason(e));
    }

    private Map<String, Outcome> inTurn(Way way, List<LedgerEntry> entries, ClaimDeadline deadline) {
        Function<LedgerEntry, Outcome> send = way == Way.OLD ? this::settle : this::book;
        Map<String, Outcome> outcomes = new HashMap<>();
        for (LedgerEntry entry : entries) {
            if (!deadline.allows(BalanceGateway.LONGEST_CALL)) {
                break;
            }
            Outcome outcome = send.apply(entry);
            outcomes.put(entry.message().messageId(), outcome);
            if (outcome.result() == Outcome.Result.UNAVAILABLE) {
                remember(Way.TOGETHER);
                return outcomes;
            }
        }
        keep(way, outcomes, entries.size());
        return outcomes;
    }

    /**
     * After an outage another version may answer, or the application was not deployed yet: only a settlement that it booked
     * shows that the old one is there. A round that ran out of time goes on in the same way, instead of spending its time on
     * a batch that fails.
     */
    private void keep(Way way, Map<String, Outcome> outcomes, int entries) {
        boolean old = way == Way.OLD && way() != Way.OLD && outcomes.containsValue(Outcome.SENT);
        if (old || outcomes.size() < entries) {
            remember(way);
        }
    }

    private Outcome book(LedgerEntry entry) {
        try (Response response = calls.book(List.of(entry))) {
            if (NO_SUCH_ENDPOINT.contains(response.getStatus())) {
                return Outcome.retry("stock-balance has no endpoint for entries");
            }
            return response.getStatus() == 200
                    ? calls.outcomes(List.of(entry), response)
                            .get(entry.message().messageId())
                    : Answers.outcome(response);
        } catch (ProcessingException e) {
            return away(e);
        }
    }

    private Outcome settle(LedgerEntry entry) {
        if (!entry.isForOldLedger()) {
            return Outcome.retry("the old stock-balance has one account and books settlements only");
        }
        try (Response response = calls.settle(entry)) {
            return Answers.outcome(response);
        } catch (ProcessingException e) {
            return away(e);
        }
    }
}
