package finmicro.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * Resources used so far, or between two points in time.
 *
 * @param nanos time as of {@link System#nanoTime}, or the duration of a difference
 * @param settled settled trades
 * @param cpuMillis milliseconds of CPU time by process
 * @param sql the database server's counts ({@code Com_commit}, {@code Questions}, {@code Connections} ...), without those of the
 *     measuring connection
 * @param requests to SQS and DynamoDB by operation
 */
record Usage(long nanos, long settled, Map<String, Long> cpuMillis, Map<String, Long> sql, Map<String, Long> requests) {

    /** Resources used since {@code then}. */
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
