package finmicro.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Requests to a MySQL server without TLS. Forwards packet by packet. Before a COMMIT is forwarded, it is checked with the text of
 * all statements since the last one.
 */
final class MySqlCommits extends CheckedRequests {

    private static final int HEADER = 4;
    private static final int COM_QUERY = 3;

    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int payload;
    private final StringBuilder transaction = new StringBuilder();
    private boolean encrypted;
    private boolean first = true;

    /** @param check gets the statements of a transaction that is about to be committed */
    MySqlCommits(OutputStream server, BooleanSupplier enabled, FaultInjector.Check check) {
        super(server, enabled, check);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (encrypted) {
            server.write(bytes, offset, length);
            return;
        }
        for (int at = offset; at < offset + length; at++) {
            if (packet.size() < HEADER - 1) {
                payload = packet.size() == 0 ? 0 : payload;
                payload |= (bytes[at] & 0xff) << 8 * packet.size();
            }
            packet.write(bytes[at]);
            if (packet.size() >= HEADER && packet.size() == HEADER + payload) {
                forward();
                if (encrypted) {
                    server.write(bytes, at + 1, offset + length - at - 1);
                    return;
                }
            }
        }
    }

    private void forward() throws IOException {
        byte[] bytes = packet.toByteArray();
        packet.reset();
        // The first packet of a client is the login. A TLS request has only the 32 bytes before the user name.
        encrypted = first && bytes.length == HEADER + 32;
        first = false;
        if (bytes.length > HEADER && bytes[3] == 0 && bytes[HEADER] == COM_QUERY && enabled.getAsBoolean()) {
            statement(new String(bytes, HEADER + 1, bytes.length - HEADER - 1, StandardCharsets.UTF_8));
        }
        server.write(bytes);
    }

    private void statement(String text) throws IOException {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("commit")) {
            check.request(transaction.toString());
        }
        if (word.equals("commit") || word.equals("rollback")) {
            transaction.setLength(0);
        } else {
            transaction.append(text).append('\n');
        }
    }
}
