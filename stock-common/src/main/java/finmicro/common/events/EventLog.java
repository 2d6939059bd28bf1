package finmicro.common.events;

import java.util.HashMap;
import java.util.Map;

/**
 * The latest events, as text for all listeners, up to a number of bytes. A listener reads from its own position, so a slow
 * one costs no memory; if its position is no longer kept, it has to fetch everything again. Thread-safe.
 */
final class EventLog {

    private final Map<Long, byte[]> chunks = new HashMap<>();
    private final int limit;
    private long first;
    private long end;
    private long bytes;

    /** @param limit bytes */
    EventLog(int limit) {
        this.limit = limit;
    }

    /** The position after the last chunk: a new listener reads from here. */
    synchronized long end() {
        return end;
    }

    synchronized void append(byte[] chunk) {
        chunks.put(end++, chunk);
        bytes += chunk.length;
        while (bytes > limit) {
            bytes -= chunks.remove(first++).length;
        }
    }

    /** Drops everything: whoever listens has to fetch everything again. */
    synchronized void drop() {
        chunks.clear();
        bytes = 0;
        first = ++end;
    }

    /** Whether there is something to read at that position, or nothing any more. */
    synchronized boolean isBehind(long position) {
        return position < end;
    }

    /** The chunk at that position; null if it is no longer kept. */
    synchronized byte[] at(long position) {
        return chunks.get(position);
    }

    /** Bytes kept. */
    synchronized long bytes() {
        return bytes;
    }
}
