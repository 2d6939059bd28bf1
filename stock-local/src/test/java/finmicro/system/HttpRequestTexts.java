package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** The way of a client to an HTTP server. Has the text of a request checked, as far as it has come, before each part is passed on. */
final class HttpRequestTexts extends OutputStream {

    /** Where a request of the AWS SDK begins. */
    private static final String BEGIN = "POST / HTTP/1.1";

    private final OutputStream server;
    private final BooleanSupplier watched;
    private final FaultInjector.Check check;
    private final StringBuilder request = new StringBuilder();

    /**
     * @param watched whether requests are collected; without it nothing is checked
     * @param check gets the text of a request so far
     */
    HttpRequestTexts(OutputStream server, BooleanSupplier watched, FaultInjector.Check check) {
        this.server = server;
        this.watched = watched;
        this.check = check;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (watched.getAsBoolean()) {
            String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            if (text.startsWith(BEGIN)) {
                request.setLength(0);
            }
            request.append(text);
            check.request(request.toString());
        }
        server.write(bytes, offset, length);
    }
}
