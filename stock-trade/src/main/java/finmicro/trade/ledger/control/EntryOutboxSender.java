package finmicro.trade.ledger.control;

import finmicro.common.json.InvalidInput;
import finmicro.common.telemetry.Durations;
import finmicro.trade.ledger.entity.EntryBatch;
import finmicro.trade.ledger.entity.LedgerEntry;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.control.OutboxSender;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends ledger entries to stock-balance: settlements, openings, deposits and withdrawals. An outage delays them but loses none. */
@ApplicationScoped
public class EntryOutboxSender implements OutboxSender {

    private final EntrySender sender;
    private final Clock clock;
    private final Durations duration;

    @Inject
    public EntryOutboxSender(EntrySender sender, Clock clock, OpenTelemetry telemetry) {
        this.sender = sender;
        this.clock = clock;
        duration =
                new Durations(telemetry, "order.settlement.duration", "From an order's acceptance to its settlement");
    }

    @Override
    public Destination destination() {
        return Destination.SETTLE;
    }

    @Override
    public int maxMessages() {
        return EntryBatch.MAX_ENTRIES;
    }

    @Override
    public Map<String, Outcome> send(List<OutboxMessage> messages, ClaimDeadline deadline) {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<LedgerEntry> entries = new ArrayList<>();
        for (OutboxMessage message : messages) {
            try {
                entries.add(LedgerEntry.of(message));
            } catch (InvalidInput e) {
                outcomes.put(message.messageId(), Outcome.refused("the body " + e.getMessage()));
            }
        }
        outcomes.putAll(sender.send(entries, deadline));
        return outcomes;
    }

    @Override
    public void sent(OutboxMessage message) {
        if (message.acceptedAt() != null) {
            duration.record(Duration.between(message.acceptedAt(), clock.instant()));
        }
    }
}
