package finmicro.trade.reconciliation.control;

import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.reconciliation.Place;
import finmicro.trade.ledger.control.BookedLedger;
import finmicro.trade.ledger.entity.BookedEntries;
import finmicro.trade.reconciliation.control.ReconciliationState.Side;
import finmicro.trade.reconciliation.entity.EffectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares the journal with the ledger, both ways, from where it was left. */
@ApplicationScoped
public class Reconciliation {

    /** Younger effects are not compared: the ledger may not have booked them yet. */
    public static final Duration AGE = Duration.ofMinutes(5);

    /** The maximum number of effects or entries that are compared at once. */
    private static final int PAGE = BookedEntries.MOST;

    /** If more of a page are postponed, a backlog drains, which is waited for. */
    private static final int FEW = 10;

    private static final EffectId FIRST = new EffectId("", "");

    private final Journal journal;
    private final ReconciliationState state;
    private final BookedLedger ledger;
    private final EntryComparison comparison;
    private final DifferenceReport report;

    @Inject
    public Reconciliation(
            Journal journal,
            ReconciliationState state,
            BookedLedger ledger,
            EntryComparison comparison,
            DifferenceReport report) {
        this.journal = journal;
        this.state = state;
        this.ledger = ledger;
        this.comparison = comparison;
        this.report = report;
    }

    /**
     * What was compared.
     *
     * @param compared effects and entries
     * @param complete false if there are more to compare
     * @param differences at most 100, also those found before
     */
    public record Compared(long compared, boolean complete, List<Difference> differences) {}

    /**
     * Compares what did not match before, and the next effects and entries.
     *
     * @param pages the maximum number of pages of each, of 500
     * @throws RuntimeException if stock-balance does not answer: see {@link BookedLedger}
     */
    public Compared compare(int pages) {
        Map<EffectId, List<Difference>> differing = new TreeMap<>();
        long compared = again(pages, differing);
        boolean complete = true;
        for (Side side : Side.values()) {
            boolean more = true;
            for (int page = 0; more && page < pages; page++) {
                Map<EffectId, Place> next = next(side);
                compared += next.size();
                more = compare(side, next, differing);
            }
            complete &= !more;
        }
        return new Compared(
                compared,
                complete,
                differing.values().stream()
                        .flatMap(List::stream)
                        .limit(DifferenceReport.MOST)
                        .toList());
    }

    /** The next page of a side. The first time it begins with the first effect: what is older has none here. */
    private Map<EffectId, Place> next(Side side) {
        Map<EffectId, Place> next = new LinkedHashMap<>();
        Optional<Place> after = state.place(side).or(() -> journal.first().map(Place::at));
        if (after.isEmpty()) {
            return next;
        }
        switch (side) {
            case EFFECTS ->
                journal.after(after.get(), AGE, PAGE).forEach(effect -> next.put(effect.id(), effect.place()));
            case ENTRIES ->
                ledger.after(after.get())
                        .forEach(
                                entry -> next.put(new EffectId(entry.account(), entry.key()), Place.of(entry.place())));
        }
        return next;
    }

    /** Compares a page. Returns whether to go on with the next. */
    private boolean compare(Side side, Map<EffectId, Place> page, Map<EffectId, List<Difference>> differing) {
        if (page.isEmpty()) {
            return false;
        }
        EntryComparison.Found found = comparison.compare(page.keySet());
        state.add(report(found, differing));
        if (found.postponed().size() > FEW) {
            return false;
        }
        // A message that is retried for hours delays no other effect.
        state.add(found.postponed());
        state.move(side, page.values().stream().max(Comparator.naturalOrder()).orElseThrow());
        return page.size() == PAGE;
    }

    /**
     * Compares what did not match before. What another task found to match again is forgotten here. Returns how many were compared.
     */
    private long again(int pages, Map<EffectId, List<Difference>> differing) {
        long compared = 0;
        Set<String> all = new HashSet<>();
        EffectId after = FIRST;
        for (int page = 0; page < pages; page++) {
            List<EffectId> open = state.open(after, PAGE);
            if (!open.isEmpty()) {
                EntryComparison.Found found = comparison.compare(open);
                Set<EffectId> still = report(found, differing);
                state.remove(found.differences().keySet().stream()
                        .filter(id -> !still.contains(id))
                        .toList());
                compared += open.size();
                after = open.get(open.size() - 1);
                open.forEach(id -> all.add(id.toString()));
            }
            if (open.size() < PAGE) {
                report.forget(subject -> EffectId.isText(subject) && !all.contains(subject));
                return compared;
            }
        }
        return compared;
    }

    /** Reports what was found. Returns those that differ. */
    private Set<EffectId> report(EntryComparison.Found found, Map<EffectId, List<Difference>> differing) {
        Map<String, List<Difference>> subjects = new LinkedHashMap<>();
        Set<EffectId> these = new HashSet<>();
        found.differences().forEach((id, differences) -> {
            subjects.put(id.toString(), differences);
            if (!differences.isEmpty()) {
                differing.put(id, differences);
                these.add(id);
            }
        });
        report.checked(subjects);
        return these;
    }
}
