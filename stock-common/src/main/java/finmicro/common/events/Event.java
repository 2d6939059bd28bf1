package finmicro.common.events;

import java.util.Objects;

/**
 * One event of a feed.
 *
 * @param account its account: only subscribers whose scope covers it receive the event; null if it is for all
 * @param data the payload, sent as a JSON document
 */
public record Event(String account, Record data) {

    /** An event about an account. */
    public static Event of(String account, Record data) {
        return new Event(Objects.requireNonNull(account), data);
    }

    /** An event for all subscribers, such as a price. */
    public static Event toAll(Record data) {
        return new Event(null, data);
    }
}
