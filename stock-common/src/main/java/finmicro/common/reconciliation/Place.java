package finmicro.common.reconciliation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A place in the order of entries by time, account and sequence.
 *
 * @param time in milliseconds
 * @param account empty for the place before all entries of that time
 */
public record Place(Instant time, String account, long sequence) implements Comparable<Place> {

    /** Before all entries. */
    public static final Place START = at(Instant.EPOCH);

    /** Its form as a text, as a regular expression: a time in UTC, or that with account and sequence. */
    public static final String FORM =
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z(/[A-Za-z0-9._:@-]{1,64}/\\d{1,18})?";

    /** The place before all entries of that time. */
    public static Place at(Instant time) {
        return new Place(time.truncatedTo(ChronoUnit.MILLIS), "", 0);
    }

    /** @throws IllegalArgumentException if it is not of the {@link #FORM} */
    public static Place of(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("not a place: " + text);
        }
        String[] parts = text.split("/");
        try {
            Instant time = Instant.parse(parts[0]);
            return parts.length == 1 ? at(time) : new Place(time, parts[1], Long.parseLong(parts[2]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a place: " + text, e);
        }
    }

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::time)
                .thenComparing(Place::account)
                .thenComparing(Place::sequence)
                .compare(this, other);
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return account.isEmpty() ? time.toString() : time + "/" + account + "/" + sequence;
    }
}
