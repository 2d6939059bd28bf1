package finmicro.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the system has used so far, or between two moments.
 *
 * @param nanos when, as of {@link System#nanoTime}; how long, where it is a difference
 * @param settled trades that are settled
 * @param cpuMillis milliseconds of CPU time by process
 * @param sql the database server's own counts: {@code Com_commit}, {@code Questions}, {@code Connections} and so on,
 *     without those of whoever asked
 * @param requests to SQS and DynamoDB by operation
 */
record Usage(long nanos, long settled, Map<String, Long> cpuMillis, Map<String, Long> sql, Map<String, Long> requests) {

    /** What was used between then and this. */
    Usage since(Usage then) {
        return new Usage(
                nanos - then.nanos,
                settled - then.settled,
                difference(cpuMillis, then.cpuMillis),
                difference(sql, then.sql),
                difference(requests, then.requests));
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> then) {
        Map<String, Long> differences = new TreeMap<>(now);
        then.forEach((name, value) -> differences.merge(name, value, (later, earlier) -> later - earlier));
        return differences;
    }

    double seconds() {
        return nanos / 1e9;
    }

    double settledPerSecond() {
        return settled / seconds();
    }

    /** Requests to SQS and DynamoDB together. */
    long awsRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
