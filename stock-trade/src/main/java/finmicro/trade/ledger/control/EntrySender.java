package finmicro.trade.ledger.control;

import finmicro.common.outage.Outages;
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
 * Sends entries to stock-balance, all in one request. If that request fails as a whole, sends each entry in its own request, so that
 * an invalid entry does not block the others. The old stock-balance has no such endpoint: it gets settlements one by one.
 */
@ApplicationScoped
public class EntrySender {

    private static final Set<Integer> NO_SUCH_ENDPOINT = Set.of(404, 405);
    private static final Duration MODE_TTL = Duration.ofMinutes(1);

    private enum Mode {
        BATCH,
        SINGLE,
        OLD
    }

    private record LastMode(Mode mode, long nanos) {}

    private final EntryCalls calls;
    private final Ticker ticker;
    private volatile LastMode last;

    @Inject
    public EntrySender(EntryCalls calls, Ticker ticker) {
        this.calls = calls;
        this.ticker = ticker;
        remember(Mode.BATCH);
    }

    /**
     * Sends entries until their claim is about to expire.
     *
     * @return the outcome of each entry that was sent, by message id
     */
    Map<String, Outcome> send(List<LedgerEntry> entries, ClaimDeadline deadline) {
        if (entries.isEmpty() || !deadline.allows(BalanceGateway.MAX_CALL_TIME)) {
            return Map.of();
        }
        return switch (mode()) {
            case BATCH -> sendBatch(entries, deadline);
            case SINGLE -> sendEach(Mode.SINGLE, entries, deadline);
            case OLD -> sendEach(Mode.OLD, entries, deadline);
        };
    }

    private Mode mode() {
        LastMode current = last;
        return ticker.since(current.nanos()).compareTo(MODE_TTL) < 0 ? current.mode() : Mode.BATCH;
    }

    private void remember(Mode mode) {
        last = new LastMode(mode, ticker.nanos());
    }

    private Map<String, Outcome> sendBatch(List<LedgerEntry> entries, ClaimDeadline deadline) {
        Mode next;
        try (Response response = calls.book(entries)) {
            if (response.getStatus() == 200) {
                return calls.outcomes(entries, response);
            }
            Outcome outcome = ResponseOutcomes.outcome(response);
            if (NO_SUCH_ENDPOINT.contains(response.getStatus())) {
                next = Mode.OLD;
            } else if (entries.size() > 1 && isCausedByEntry(response, outcome)) {
                next = Mode.SINGLE;
            } else {
                return ofEach(entries, outcome);
            }
        } catch (ProcessingException e) {
            return ofEach(entries, unavailable(e));
        }
        return sendEach(next, entries, deadline);
    }

    /** Whether one of the entries may have caused the failure, so that the others can still be sent. */
    private static boolean isCausedByEntry(Response response, Outcome outcome) {
        return response.getStatus() == 500 || outcome.result() == Outcome.Result.REFUSED;
    }

    private static Map<String, Outcome> ofEach(List<LedgerEntry> entries, Outcome outcome) {
        return entries.stream()
                .collect(Collectors.toMap(entry -> entry.message().messageId(), entry -> outcome));
    }

    private static Outcome unavailable(ProcessingException e) {
        return Outcome.unavailable(Outages.reason(e));
    }

    private Map<String, Outcome> sendEach(Mode mode, List<LedgerEntry> entries, ClaimDeadline deadline) {
        Function<LedgerEntry, Outcome> send = mode == Mode.OLD ? this::settle : this::book;
        Map<String, Outcome> outcomes = new HashMap<>();
        for (LedgerEntry entry : entries) {
            if (!deadline.allows(BalanceGateway.MAX_CALL_TIME)) {
                break;
            }
            Outcome outcome = send.apply(entry);
            outcomes.put(entry.message().messageId(), outcome);
            if (outcome.result() == Outcome.Result.UNAVAILABLE) {
                remember(Mode.BATCH);
                return outcomes;
            }
        }
        rememberIfConfirmed(mode, outcomes, entries.size());
        return outcomes;
    }

    /**
     * Remembers the old stock-balance only after it has booked a settlement: a 404 may also come from a server whose application is
     * not deployed yet. If the claim expired before all entries were sent, the next round continues in the same mode, instead of
     * starting with a batch that fails.
     */
    private void rememberIfConfirmed(Mode mode, Map<String, Outcome> outcomes, int entries) {
        boolean old = mode == Mode.OLD && mode() != Mode.OLD && outcomes.containsValue(Outcome.SENT);
        if (old || outcomes.size() < entries) {
            remember(mode);
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
                    : ResponseOutcomes.outcome(response);
        } catch (ProcessingException e) {
            return unavailable(e);
        }
    }

    private Outcome settle(LedgerEntry entry) {
        if (!entry.isForOldLedger()) {
            return Outcome.retry("the old stock-balance has one account and books settlements only");
        }
        try (Response response = calls.settle(entry)) {
            return ResponseOutcomes.outcome(response);
        } catch (ProcessingException e) {
            return unavailable(e);
        }
    }
}
