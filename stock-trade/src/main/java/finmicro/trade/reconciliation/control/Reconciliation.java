package finmicro.trade.reconciliation.control;

import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.reconciliation.EntryCursor;
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

/** Compares the journal with the ledger in both directions. Resumes where the last comparison ended. */
@ApplicationScoped
public class Reconciliation {

    /** Minimum age of compared effects. The ledger may not have booked younger ones yet. */
    public static final Duration MIN_AGE = Duration.ofMinutes(5);

    /** Maximum number of effects or entries per comparison. */
    private static final int PAGE = BookedEntries.MAX_ENTRIES;

    /** If more than this are postponed in a page, a backlog is draining, and the page is compared again later. */
    private static final int MAX_POSTPONED = 10;

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
     * The result of a comparison.
     *
     * @param compared number of effects and entries
     * @param complete false if there are more to compare
     * @param differences up to 100, including earlier ones that remain
     */
    public record Compared(long compared, boolean complete, List<Difference> differences) {}

    /**
     * Compares earlier differences again, then the next effects and entries.
     *
     * @param pages maximum number of pages of each
     * @throws RuntimeException if stock-balance is unavailable: see {@link BookedLedger}
     */
    public Compared compare(int pages) {
        Map<EffectId, List<Difference>> differing = new TreeMap<>();
        long compared = recheck(pages, differing);
        boolean complete = true;
        for (Side side : Side.values()) {
            boolean more = true;
            for (int page = 0; more && page < pages; page++) {
                Map<EffectId, EntryCursor> next = next(side);
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
                        .limit(DifferenceReport.MAX_REPORTED)
                        .toList());
    }

    /** Reads the next page of a side. The first one begins with the oldest effect: older entries have no effect here. */
    private Map<EffectId, EntryCursor> next(Side side) {
        Map<EffectId, EntryCursor> next = new LinkedHashMap<>();
        Optional<EntryCursor> after = state.place(side).or(() -> journal.first().map(EntryCursor::at));
        if (after.isEmpty()) {
            return next;
        }
        switch (side) {
            case EFFECTS ->
                journal.after(after.get(), MIN_AGE, PAGE).forEach(effect -> next.put(effect.id(), effect.place()));
            case ENTRIES ->
                ledger.after(after.get())
                        .forEach(entry ->
                                next.put(new EffectId(entry.account(), entry.key()), EntryCursor.of(entry.place())));
        }
        return next;
    }

    /** Compares a page. Returns whether there may be a next one. */
    private boolean compare(Side side, Map<EffectId, EntryCursor> page, Map<EffectId, List<Difference>> differing) {
        if (page.isEmpty()) {
            return false;
        }
        EntryComparison.Result result = comparison.compare(page.keySet());
        state.add(report(result, differing));
        if (result.postponed().size() > MAX_POSTPONED) {
            return false;
        }
        // Rechecked later, so that a message that is retried for hours does not block the other effects.
        state.add(result.postponed());
        state.move(side, page.values().stream().max(Comparator.naturalOrder()).orElseThrow());
        return page.size() == PAGE;
    }

    /**
     * Compares earlier differences again. Removes differences from the report that another task found resolved. Returns the number of
     * compared ids.
     */
    private long recheck(int pages, Map<EffectId, List<Difference>> differing) {
        long compared = 0;
        Set<String> all = new HashSet<>();
        EffectId after = FIRST;
        for (int page = 0; page < pages; page++) {
            List<EffectId> open = state.open(after, PAGE);
            if (!open.isEmpty()) {
                EntryComparison.Result result = comparison.compare(open);
                Set<EffectId> still = report(result, differing);
                state.remove(result.differences().keySet().stream()
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

    /** Reports the result. Returns the ids that differ. */
    private Set<EffectId> report(EntryComparison.Result result, Map<EffectId, List<Difference>> differing) {
        Map<String, List<Difference>> subjects = new LinkedHashMap<>();
        Set<EffectId> differingIds = new HashSet<>();
        result.differences().forEach((id, differences) -> {
            subjects.put(id.toString(), differences);
            if (!differences.isEmpty()) {
                differing.put(id, differences);
                differingIds.add(id);
            }
        });
        report.checked(subjects);
        return differingIds;
    }
}
