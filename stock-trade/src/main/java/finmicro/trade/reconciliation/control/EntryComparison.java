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

/** Compares effects here with the entries of the ledger under the same keys. */
@ApplicationScoped
public class EntryComparison {

    /** Above this, unapplied bookings may be more than were read. */
    private static final int FEED = 500;

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
     * What was found.
     *
     * @param differences of each that was compared; an empty list if it matches
     * @param postponed those that one side is still to get: a message waits in the outbox, or a booking in the feed
     */
    public record Found(Map<EffectId, List<Difference>> differences, Set<EffectId> postponed) {}

    /**
     * Compares effects and entries, at most 500. Those that differ are looked at a second time: only then is it known that neither
     * side was about to get its part.
     */
    public Found compare(Collection<EffectId> ids) {
        Map<EffectId, List<Difference>> found = look(ids);
        List<EffectId> differing =
                ids.stream().filter(id -> !found.get(id).isEmpty()).toList();
        Set<EffectId> postponed = new HashSet<>();
        if (!differing.isEmpty()) {
            Set<EffectId> pending = pending(differing);
            look(differing).forEach((id, differences) -> {
                found.put(id, differences);
                if (!differences.isEmpty() && pending.contains(id)) {
                    found.remove(id);
                    postponed.add(id);
                }
            });
        }
        return new Found(found, postponed);
    }

    private Set<EffectId> pending(List<EffectId> ids) {
        Set<String> unapplied = ledger.unapplied();
        if (unapplied.size() >= FEED) {
            return Set.copyOf(ids);
        }
        Set<String> unsent = state.unsent(ids.stream().map(EffectId::key).toList());
        return ids.stream()
                .filter(id -> unapplied.contains(id.key()) || unsent.contains(id.key()))
                .collect(Collectors.toSet());
    }

    private Map<EffectId, List<Difference>> look(Collection<EffectId> ids) {
        Set<String> keys = ids.stream().map(EffectId::key).collect(Collectors.toSet());
        Map<EffectId, BookedEntry> entries = new HashMap<>();
        ledger.find(keys).forEach(entry -> entries.put(new EffectId(entry.account(), entry.key()), entry));
        Map<EffectId, Amounts> effects = journal.find(keys);
        // After the effects: main may be taken over in between, and its effects begin anew.
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
