package finmicro.common.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Set;

/**
 * How a request delimits its body. If a proxy and this server disagree about it, the end of one request is parsed as the
 * start of another (request smuggling).
 *
 * <p>The server hides some cases from the application. It drops the second of two different {@code Content-Length} headers,
 * and {@code Content-Length} next to {@code Transfer-Encoding: chunked}, but then closes the connection after the response,
 * so no following byte is parsed as a request. It also drops a {@code Content-Length} that is not a number, and keeps the
 * connection open.
 */
enum Framing {
    /** One {@code Content-Length}, or chunked. */
    DELIMITED,
    /** No length and not chunked; the method has no body. */
    NO_BODY,
    /** No length and not chunked, but the method may have a body: the server may have dropped an invalid length. */
    UNKNOWN,
    /** More than one length, a length and a transfer coding, or a transfer coding other than chunked. Must be refused. */
    AMBIGUOUS;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    static Framing of(HttpServletRequest request) {
        Enumeration<String> codings = request.getHeaders("Transfer-Encoding");
        Enumeration<String> lengths = request.getHeaders("Content-Length");
        if (codings.hasMoreElements()) {
            boolean chunked = codings.nextElement().equalsIgnoreCase("chunked") && !codings.hasMoreElements();
            return chunked && !lengths.hasMoreElements() ? DELIMITED : AMBIGUOUS;
        }
        if (!lengths.hasMoreElements()) {
            return WITHOUT_BODY.contains(request.getMethod()) ? NO_BODY : UNKNOWN;
        }
        lengths.nextElement();
        return lengths.hasMoreElements() ? AMBIGUOUS : DELIMITED;
    }

    /** Whether the connection must be closed after the response, because the next bytes may belong to this request. */
    boolean endsConnection() {
        return this == UNKNOWN || this == AMBIGUOUS;
    }
}
