package finmicro.trade.ledger.control;

import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Durations;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import finmicro.trade.ledger.entity.SettlementBatch;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has stock-balance settle contracts: one alone in a request of its own, several in one request together. Where they are
 * refused together, or fail, each is told by itself, so that the one at fault alone is parked; and where nobody is to take them
 * together, as the old stock-balance does not, they are told one by one for a while.
 */
@ApplicationScoped
public class EntryDelivery extends BalanceDelivery {

    private static final Attributes CALL = Attributes.of(
            AttributeKey.stringKey("http.request.method"), "POST", Telemetry.PEER_SERVICE, "stock-balance");

    private static final Set<Integer> NO_SUCH_ENDPOINT = Set.of(404, 405);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final BalanceGateway balance;
    private final CallSpans spans;
    private final Clock clock;
    private final Durations duration;
    private final Ticker ticker;
    /** When it was last decided to go one by one, by {@link #ticker}; null if it was not. */
    private volatile Long oneByOneSince;

    @Inject
    public EntryDelivery(BalanceGateway balance, CallSpans spans, Clock clock, Ticker ticker, OpenTelemetry telemetry) {
        this.balance = balance;
        this.spans = spans;
        this.clock = clock;
        this.ticker = ticker;
        duration =
                new Durations(telemetry, "order.settlement.duration", "From an order's acceptance to its settlement");
    }

    @Override
    public Destination destination() {
        return Destination.SETTLE;
    }

    @Override
    public int most() {
        return SettlementBatch.MOST;
    }

    @Override
    public Map<String, Outcome> deliver(List<OutboxMessage> messages, ClaimDeadline deadline) {
        if (!deadline.allows(BalanceGateway.LONGEST_CALL)) {
            return Map.of();
        }
        return together(messages)
                .map(outcome -> ofEach(messages, outcome))
                .orElseGet(() -> oneByOne(messages, deadline));
    }

    /** What became of them in one request; nothing where they have to be told one by one. */
    private Optional<Outcome> together(List<OutboxMessage> batch) {
        if (batch.size() == 1 || isOneByOne()) {
            return Optional.empty();
        }
        try (Response response = settle(batch)) {
            if (NO_SUCH_ENDPOINT.contains(response.getStatus())) {
                oneByOneSince = ticker.nanos();
                return Optional.empty();
            }
            return atFault(response) ? Optional.empty() : Optional.of(outcome(response));
        } catch (ProcessingException e) {
            return Optional.of(outcome(e));
        }
    }

    private boolean isOneByOne() {
        Long since = oneByOneSince;
        return since != null && ticker.since(since).compareTo(REMEMBERED) < 0;
    }

    /** One of them may be what was refused, or what stock-balance could not do: the others need not wait with it. */
    private static boolean atFault(Response response) {
        return response.getStatus() == 500 || outcome(response).result() == Outcome.Result.REFUSED;
    }

    /** A span in the trace of each; the request itself is in none, as its own span could be in one alone. */
    private Response settle(List<OutboxMessage> batch) {
        SettlementBatch contracts = SettlementBatch.of(batch);
        List<Context> traces = batch.stream()
                .map(message -> TraceContext.of(message.traceparent()))
                .toList();
        return Traces.together(traces)
                .wrapSupplier(() -> spans.call(
                        "POST",
                        () -> CALL,
                        () -> Traces.unrecorded()
                                .wrapSupplier(() -> balance.settle(contracts))
                                .get()))
                .get();
    }

    private static Map<String, Outcome> ofEach(List<OutboxMessage> batch, Outcome outcome) {
        return batch.stream().collect(Collectors.toMap(OutboxMessage::messageId, message -> outcome));
    }

    /**
     * After an outage another stock-balance may answer, or it was not there at all: the next round tries a batch again. If the
     * claim leaves no time for all of them, the next round does not spend its time on a batch first.
     */
    private Map<String, Outcome> oneByOne(List<OutboxMessage> batch, ClaimDeadline deadline) {
        Map<String, Outcome> outcomes = super.deliver(batch, deadline);
        if (outcomes.values().stream().anyMatch(outcome -> outcome.result() == Outcome.Result.AWAY)) {
            oneByOneSince = null;
        } else if (outcomes.size() < batch.size()) {
            oneByOneSince = ticker.nanos();
        }
        return outcomes;
    }

    @Override
    protected Response send(OutboxMessage message) {
        return balance.settle(message.body());
    }

    @Override
    public void delivered(OutboxMessage message) {
        if (message.acceptedAt() != null) {
            duration.record(Duration.between(message.acceptedAt(), clock.instant()));
        }
    }
}
