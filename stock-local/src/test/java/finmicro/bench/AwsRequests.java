package finmicro.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests to SQS and DynamoDB in the bytes sent to the server. Each request names its operation in a header:
 * {@code X-Amz-Target: AmazonSQS.SendMessageBatch}.
 */
final class AwsRequests {

    private static final byte[] HEADER = "x-amz-target: ".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Wraps the stream to the server so that its requests are counted. */
    OutputStream counting(OutputStream toServer) {
        return new CountingStream(toServer);
    }

    /** Requests so far, by operation. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((operation, count) -> sums.put(operation, count.sum()));
        return sums;
    }

    /** Forwards all bytes at once and parses them on the way. A header may be split over several writes. */
    private final class CountingStream extends FilterOutputStream {

        private final StringBuilder operation = new StringBuilder();
        private int matched;

        CountingStream(OutputStream toServer) {
            super(toServer);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int i = from; i < from + length; i++) {
                inspect(bytes[i]);
            }
            out.write(bytes, from, length);
        }

        @Override
        public void write(int one) throws IOException {
            inspect((byte) one);
            out.write(one);
        }

        private void inspect(byte one) {
            if (matched == HEADER.length) {
                readTarget((char) one);
            } else if (Character.toLowerCase((char) one) == HEADER[matched]) {
                matched++;
            } else {
                // No need to look further back: the header's first letter occurs only once in its name.
                matched = Character.toLowerCase((char) one) == HEADER[0] ? 1 : 0;
            }
        }

        private void readTarget(char one) {
            if (one != '\r') {
                operation.append(one);
                return;
            }
            String target = operation.toString();
            String service = target.toLowerCase(Locale.ROOT).startsWith("amazonsqs") ? "SQS" : "DynamoDB";
            counts.computeIfAbsent(service + "." + target.substring(target.indexOf('.') + 1), any -> new LongAdder())
                    .increment();
            operation.setLength(0);
            matched = 0;
        }
    }
}
