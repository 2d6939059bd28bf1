package finmicro.common.reconciliation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A position in the order of entries by time, account and sequence.
 *
 * @param time in milliseconds
 * @param account empty for the position before all entries of that time
 */
public record EntryCursor(Instant time, String account, long sequence) implements Comparable<EntryCursor> {

    /** Before all entries. */
    public static final EntryCursor START = at(Instant.EPOCH);

    /** Its text format as a regular expression: a time in UTC, optionally with account and sequence. */
    public static final String FORM =
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z(/[A-Za-z0-9._:@-]{1,64}/\\d{1,18})?";

    /** The position before all entries of that time. */
    public static EntryCursor at(Instant time) {
        return new EntryCursor(time.truncatedTo(ChronoUnit.MILLIS), "", 0);
    }

    /** @throws IllegalArgumentException if it does not match {@link #FORM} */
    public static EntryCursor of(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("not a place: " + text);
        }
        String[] parts = text.split("/");
        try {
            Instant time = Instant.parse(parts[0]);
            return parts.length == 1 ? at(time) : new EntryCursor(time, parts[1], Long.parseLong(parts[2]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a place: " + text, e);
        }
    }

    @Override
    public int compareTo(EntryCursor other) {
        return Comparator.comparing(EntryCursor::time)
                .thenComparing(EntryCursor::account)
                .thenComparing(EntryCursor::sequence)
                .compare(this, other);
    }

    /** The text that {@link #of} parses. */
    @Override
    public String toString() {
        return account.isEmpty() ? time.toString() : time + "/" + account + "/" + sequence;
    }
}
