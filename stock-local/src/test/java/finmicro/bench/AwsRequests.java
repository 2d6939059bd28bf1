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
 * Counts the requests to SQS and DynamoDB as they pass on their way to the server. Each names its operation in a header:
 * {@code X-Amz-Target: AmazonSQS.SendMessageBatch}.
 */
final class AwsRequests {

    private static final byte[] HEADER = "x-amz-target: ".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** The way to the server, watched. */
    OutputStream watch(OutputStream toServer) {
        return new Watch(toServer);
    }

    /** How many there were so far, by operation. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((operation, count) -> sums.put(operation, count.sum()));
        return sums;
    }

    /** Passes everything on as it comes; a header may come in pieces. */
    private final class Watch extends FilterOutputStream {

        private final StringBuilder operation = new StringBuilder();
        private int matched;

        Watch(OutputStream toServer) {
            super(toServer);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int i = from; i < from + length; i++) {
                look(bytes[i]);
            }
            out.write(bytes, from, length);
        }

        @Override
        public void write(int one) throws IOException {
            look((byte) one);
            out.write(one);
        }

        private void look(byte one) {
            if (matched == HEADER.length) {
                read((char) one);
            } else if (Character.toLowerCase((char) one) == HEADER[matched]) {
                matched++;
            } else {
                // The first letter of the header's name is in it once.
                matched = Character.toLowerCase((char) one) == HEADER[0] ? 1 : 0;
            }
        }

        private void read(char one) {
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
