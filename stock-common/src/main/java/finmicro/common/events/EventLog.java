package finmicro.common.events;

import finmicro.common.access.AccountScope;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest events, as text, kept once for all subscribers, up to a number of bytes. A subscriber reads from its own position,
 * so a slow one costs no memory; if its position is no longer kept, it has to fetch everything again. Thread-safe.
 */
final class EventLog {

    /** Events of one account are kept in chunks of about that many bytes, and no more is sent at once. */
    static final int CHUNK = 16 * 1024;

    /** @param account null if the events are for all */
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

    /** The position after the last chunk: a new subscriber reads from here. */
    synchronized long end() {
        return end;
    }

    /** @param account whom the events are for; null for all */
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

    /**
     * The events of a scope from that position on, at most so many bytes, but one chunk at least if there is any. A chunk that
     * is read alone is not copied: hundreds of subscribers that do not read would hold as many copies.
     */
    synchronized Part read(long position, AccountScope scope, int size) {
        if (position < first) {
            return new Part(null, end);
        }
        List<byte[]> texts = new ArrayList<>();
        int room = size;
        long next = position;
        for (; next < end && room > 0; next++) {
            Entry entry = entries.get(next);
            if (entry.isFor(scope)) {
                if (!texts.isEmpty() && entry.text().length > room) {
                    break;
                }
                texts.add(entry.text());
                room -= entry.text().length;
            }
        }
        return new Part(texts.size() == 1 ? texts.get(0) : joined(texts), next);
    }

    private static byte[] joined(List<byte[]> texts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        texts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** Bytes kept. */
    synchronized long bytes() {
        return bytes;
    }
}
