package finmicro.trade.ledger.control;

import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.telemetry.Traces;
import finmicro.trade.ledger.entity.EntryBatch;
import finmicro.trade.ledger.entity.EntryOutcomes;
import finmicro.trade.ledger.entity.EntryOutcomes.EntryOutcome;
import finmicro.trade.ledger.entity.LedgerEntry;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls stock-balance to book entries, within the traces of their messages. */
@ApplicationScoped
public class EntryCalls {

    private static final Attributes CALL = Attributes.of(
            AttributeKey.stringKey("http.request.method"), "POST", Telemetry.PEER_SERVICE, "stock-balance");

    private final BalanceGateway balance;
    private final CallSpans spans;
    private final StrictJson json;

    @Inject
    public EntryCalls(BalanceGateway balance, CallSpans spans, StrictJson json) {
        this.balance = balance;
        this.spans = spans;
        this.json = json;
    }

    /**
     * Books entries in one call, with a span in the trace of each. The HTTP request for several entries is not traced itself, because
     * its span could be in only one of their traces.
     */
    Response book(List<LedgerEntry> entries) {
        EntryBatch batch = EntryBatch.of(entries);
        if (entries.size() == 1) {
            return trace(entries.get(0)).wrapSupplier(() -> balance.book(batch)).get();
        }
        return Traces.together(entries.stream().map(EntryCalls::trace).toList())
                .wrapSupplier(() -> spans.call(
                        "POST",
                        () -> CALL,
                        () -> Traces.unrecorded()
                                .wrapSupplier(() -> balance.book(batch))
                                .get()))
                .get();
    }

    /** Settles a trade in the old stock-balance. */
    Response settle(LedgerEntry settlement) {
        return trace(settlement)
                .wrapSupplier(() -> balance.settle(settlement.message().body()))
                .get();
    }

    private static Context trace(LedgerEntry entry) {
        return TraceContext.of(entry.message().traceparent());
    }

    /** The outcome of each entry in a 200, by message id. An entry that the response does not include is retried. */
    Map<String, Outcome> outcomes(List<LedgerEntry> entries, Response response) {
        Map<String, EntryOutcome> byKey = byKey(response);
        Map<String, Outcome> outcomes = new HashMap<>();
        for (LedgerEntry entry : entries) {
            EntryOutcome outcome = byKey.get(entry.key());
            outcomes.put(
                    entry.message().messageId(),
                    outcome == null
                            ? Outcome.retry("the response of stock-balance does not include the entry")
                            : ResponseOutcomes.outcome(outcome));
        }
        return outcomes;
    }

    private Map<String, EntryOutcome> byKey(Response response) {
        try {
            return json.read(response.readEntity(String.class), EntryOutcomes.class).outcomes().stream()
                    .filter(outcome -> outcome.key() != null)
                    .collect(Collectors.toMap(EntryOutcome::key, outcome -> outcome, (first, duplicate) -> first));
        } catch (InvalidInput e) {
            return Map.of();
        }
    }
}
