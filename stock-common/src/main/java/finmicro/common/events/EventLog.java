package finmicro.common.events;

import finmicro.common.access.AccountScope;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The latest events, as text, kept once for all subscribers, up to a number of bytes. A subscriber reads from its own position,
 * so a slow one costs no memory; if its position is no longer kept, it has to fetch everything again. Thread-safe.
 */
final class EventLog {

    /** @param account null if the event is for all */
    private record Entry(String account, byte[] text) {

        boolean isFor(AccountScope scope) {
            return account == null || scope.covers(account);
        }
    }

    /**
     * What was read.
     *
     * @param text the events of the scope, possibly none; null if events from the position on are no longer kept
     * @param next the position to read from next
     */
    record Part(byte[] text, long next) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final int limit;
    private long first;
    private long end;
    private long bytes;

    /** @param limit bytes */
    EventLog(int limit) {
        this.limit = limit;
    }

    /** The position after the last event: a new subscriber reads from here. */
    synchronized long end() {
        return end;
    }

    /** @param account whom the event is for; null for all */
    synchronized void append(String account, byte[] text) {
        entries.put(end++, new Entry(account, text));
        bytes += text.length;
        while (bytes > limit) {
            bytes -= entries.remove(first++).text().length;
        }
    }

    /** Drops everything: whoever listens has to fetch everything again. */
    synchronized void drop() {
        entries.clear();
        bytes = 0;
        first = ++end;
    }

    /** Whether there is something to read at that position, or nothing any more. */
    synchronized boolean isBehind(long position) {
        return position < end;
    }

    /** The events of a scope from that position on, until they are at least so many bytes or there are no more. */
    synchronized Part read(long position, AccountScope scope, int size) {
        if (position < first) {
            return new Part(null, end);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long next = position;
        while (next < end && text.size() < size) {
            Entry entry = entries.get(next++);
            if (entry.isFor(scope)) {
                text.writeBytes(entry.text());
            }
        }
        return new Part(text.toByteArray(), next);
    }

    /** Bytes kept. */
    synchronized long bytes() {
        return bytes;
    }
}
