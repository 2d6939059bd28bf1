package finmicro.common.events;

import finmicro.common.access.AccountScope;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A buffer of the latest events as text, shared by all subscribers and limited in bytes. Each subscriber reads from its own
 * position, so a slow one costs no memory. If its position has been dropped, it must fetch everything again. Thread-safe.
 */
final class EventLog {

    /** Approximate size in bytes of a chunk of events of one account, and of one write. */
    static final int CHUNK = 16 * 1024;

    /** @param account null if the events are for all */
    private record Entry(String account, byte[] text) {

        boolean isFor(AccountScope scope) {
            return account == null || scope.covers(account);
        }
    }

    /**
     * Result of a read.
     *
     * @param text the events of the scope, possibly empty; null if events from the position on have been dropped
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

    /** The position after the last chunk, where a new subscriber starts. */
    synchronized long end() {
        return end;
    }

    /** @param account the account of the events; null if they are for all */
    synchronized void append(String account, byte[] text) {
        entries.put(end++, new Entry(account, text));
        bytes += text.length;
        while (bytes > limit) {
            bytes -= entries.remove(first++).text().length;
        }
    }

    /** Drops all events: every subscriber must fetch everything again. */
    synchronized void drop() {
        entries.clear();
        bytes = 0;
        first = ++end;
    }

    /** Whether {@link #read} returns events for this position, or reports that they have been dropped. */
    synchronized boolean isBehind(long position) {
        return position < end;
    }

    /**
     * The events of a scope from that position on, up to {@code size} bytes, but at least one chunk if there is one. A single
     * chunk is not copied, because hundreds of blocked subscribers would each keep a copy in memory.
     */
    synchronized Part read(long position, AccountScope scope, int size) {
        if (position < first) {
            return new Part(null, end);
        }
        List<byte[]> texts = new ArrayList<>();
        int left = size;
        long next = position;
        for (; next < end && left > 0; next++) {
            Entry entry = entries.get(next);
            if (entry.isFor(scope)) {
                if (!texts.isEmpty() && entry.text().length > left) {
                    break;
                }
                texts.add(entry.text());
                left -= entry.text().length;
            }
        }
        return new Part(texts.size() == 1 ? texts.get(0) : joined(texts), next);
    }

    private static byte[] joined(List<byte[]> texts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        texts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** Size of the buffered events in bytes. */
    synchronized long bytes() {
        return bytes;
    }
}
