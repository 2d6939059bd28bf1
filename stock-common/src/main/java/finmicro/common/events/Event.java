package finmicro.common.events;

import java.util.Objects;

/**
 * One event of a feed.
 *
 * @param account the account that it belongs to: only subscribers whose scope covers it receive it; null if it is for all
 * @param data what is sent, as a JSON document
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
