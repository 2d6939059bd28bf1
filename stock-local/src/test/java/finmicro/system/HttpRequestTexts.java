package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Requests to an HTTP server. Before each part of a request is forwarded, the text of the request so far is checked. */
final class HttpRequestTexts extends CheckedRequests {

    /** The start of a request of the AWS SDK. */
    private static final String BEGIN = "POST / HTTP/1.1";

    private final StringBuilder request = new StringBuilder();

    /** @param check gets the text of a request so far */
    HttpRequestTexts(OutputStream server, BooleanSupplier enabled, FaultInjector.Check check) {
        super(server, enabled, check);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (enabled.getAsBoolean()) {
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
