package finmicro.trade.reconciliation.control;

import finmicro.common.reconciliation.Difference;
import finmicro.common.trading.Account;
import finmicro.trade.ledger.control.BookedLedger;
import finmicro.trade.ledger.entity.BookedEntries.BookedEntry;
import finmicro.trade.reconciliation.entity.Amounts;
import finmicro.trade.reconciliation.entity.EffectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares effects in the journal with the ledger entries under the same keys. */
@ApplicationScoped
public class EntryComparison {

    /** Page size of the feed. A full page means that more bookings may be unapplied. */
    private static final int FEED_PAGE = 500;

    private final Journal journal;
    private final ReconciliationState state;
    private final BookedLedger ledger;

    @Inject
    public EntryComparison(Journal journal, ReconciliationState state, BookedLedger ledger) {
        this.journal = journal;
        this.state = state;
        this.ledger = ledger;
    }

    /**
     * The result of a comparison.
     *
     * @param differences by compared id; an empty list if both sides match
     * @param postponed ids still in flight to one side: a message waits in the outbox, or a booking in the feed
     */
    public record Result(Map<EffectId, List<Difference>> differences, Set<EffectId> postponed) {}

    /**
     * Compares up to 500 effects and entries. Reads differing ones a second time, after the check for those in flight, because a
     * message or booking may have arrived between the first read and this check.
     */
    public Result compare(Collection<EffectId> ids) {
        Map<EffectId, List<Difference>> found = readAndCompare(ids);
        List<EffectId> differing =
                ids.stream().filter(id -> !found.get(id).isEmpty()).toList();
        Set<EffectId> postponed = new HashSet<>();
        if (!differing.isEmpty()) {
            Set<EffectId> inFlight = inFlight(differing);
            readAndCompare(differing).forEach((id, differences) -> {
                found.put(id, differences);
                if (!differences.isEmpty() && inFlight.contains(id)) {
                    found.remove(id);
                    postponed.add(id);
                }
            });
        }
        return new Result(found, postponed);
    }

    private Set<EffectId> inFlight(List<EffectId> ids) {
        Set<String> unapplied = ledger.unapplied();
        if (unapplied.size() >= FEED_PAGE) {
            return Set.copyOf(ids);
        }
        Set<String> unsent = state.unsent(ids.stream().map(EffectId::key).toList());
        return ids.stream()
                .filter(id -> unapplied.contains(id.key()) || unsent.contains(id.key()))
                .collect(Collectors.toSet());
    }

    private Map<EffectId, List<Difference>> readAndCompare(Collection<EffectId> ids) {
        Set<String> keys = ids.stream().map(EffectId::key).collect(Collectors.toSet());
        Map<EffectId, BookedEntry> entries = new HashMap<>();
        ledger.find(keys).forEach(entry -> entries.put(new EffectId(entry.account(), entry.key()), entry));
        Map<EffectId, Amounts> effects = journal.find(keys);
        // Read after the effects: a takeover of main in between restarts its journal.
        long mainSequence = ledger.mainSequence();
        Map<EffectId, List<Difference>> found = new TreeMap<>();
        for (EffectId id : ids) {
            BookedEntry entry = entries.get(id);
            Amounts effect = effects.get(id);
            boolean inSnapshot = effect == null
                    && entry != null
                    && id.account().equals(Account.MAIN)
                    && entry.sequence() <= mainSequence;
            found.put(id, inSnapshot ? List.of() : Amounts.compare(id, amounts(entry), effect));
        }
        return found;
    }

    private static Amounts amounts(BookedEntry entry) {
        return entry == null ? null : new Amounts(entry.cash(), entry.stockCode(), entry.shares());
    }
}
