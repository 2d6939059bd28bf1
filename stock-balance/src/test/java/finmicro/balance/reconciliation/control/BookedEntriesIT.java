package finmicro.balance.reconciliation.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.TestLedger;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.reconciliation.EntryCursor;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads entries by time and by key on a real database. */
class BookedEntriesIT {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    @Test
    void entriesAreReadByTimeInPagesAndByKey() throws Exception {
        try (TestLedger ledger = new TestLedger("booked-entries-it")) {
            ledger.empty();
            ledger.book(
                    settlement("bob", buy(1, 1, 100, 110)),
                    settlement("alice", buy(2, 1, 100, 110)),
                    settlement("alice", buy(3, 1, 100, 110)));
            ledger.run("UPDATE ledger_entries SET booked_at = booked_at - INTERVAL 1 SECOND WHERE account = 'bob'");
            BookedEntries entries = entries(ledger, BookedEntries.MIN_AGE.plus(MILLISECOND));

            List<String> read = new ArrayList<>();
            EntryCursor place = EntryCursor.START;
            for (List<LedgerEntry> page = page(ledger, entries, place);
                    !page.isEmpty();
                    page = page(ledger, entries, place)) {
                LedgerEntry last = page.get(page.size() - 1);
                page.forEach(entry -> read.add(entry.key()));
                place = EntryCursor.of(new EntryCursor(last.bookedAt(), last.account(), last.sequence()).toString());
            }

            assertThat(read).containsExactly("trade-1", "trade-2", "trade-3");
            assertThat(page(ledger, entries, EntryCursor.at(TestLedger.NOW))).hasSize(2);
            assertThat(page(ledger, entries(ledger, BookedEntries.MIN_AGE), EntryCursor.START))
                    .extracting(LedgerEntry::key)
                    .containsExactly("trade-1");
            assertThat(ledger.inTransaction(() -> entries.find(List.of("trade-3", "trade-9", "trade-1"))))
                    .extracting(LedgerEntry::key)
                    .containsExactly("trade-1", "trade-3");
        }
    }

    private static BookedEntries entries(TestLedger ledger, Duration later) {
        return ledger.inject(new BookedEntries(Clock.fixed(TestLedger.NOW.plus(later), ZoneOffset.UTC)));
    }

    private static List<LedgerEntry> page(TestLedger ledger, BookedEntries entries, EntryCursor after)
            throws Exception {
        return ledger.inTransaction(() -> entries.after(after, 2));
    }
}
