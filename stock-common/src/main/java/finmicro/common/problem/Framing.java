package finmicro.common.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Set;

/**
 * How a request says where its body ends. If a proxy in front and this server disagree about that, the rest of one request is
 * the begin of another's (request smuggling).
 *
 * <p>Not everything is seen here. Of two different {@code Content-Length} headers the server drops the second, and of
 * {@code Content-Length} and {@code Transfer-Encoding: chunked} the first, and it closes the connection after the response: no
 * byte behind such a request is taken for another. A {@code Content-Length} that is not a number it drops and closes nothing.
 */
enum Framing {
    /** One {@code Content-Length}, or chunks. */
    DELIMITED,
    /** Neither, with a method that comes without a body. */
    NO_BODY,
    /** Neither, with a method that may have one: its length may have been dropped, so what follows is not another request. */
    UNKNOWN,
    /** More than one length, a length and a transfer coding, or a transfer coding other than chunks: to be refused. */
    AMBIGUOUS;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    static Framing of(HttpServletRequest request) {
        Enumeration<String> codings = request.getHeaders("Transfer-Encoding");
        Enumeration<String> lengths = request.getHeaders("Content-Length");
        if (codings.hasMoreElements()) {
            boolean chunks = codings.nextElement().equalsIgnoreCase("chunked") && !codings.hasMoreElements();
            return chunks && !lengths.hasMoreElements() ? DELIMITED : AMBIGUOUS;
        }
        if (!lengths.hasMoreElements()) {
            return WITHOUT_BODY.contains(request.getMethod()) ? NO_BODY : UNKNOWN;
        }
        lengths.nextElement();
        return lengths.hasMoreElements() ? AMBIGUOUS : DELIMITED;
    }

    /** Whether nothing on the connection may be taken for another request. */
    boolean endsConnection() {
        return this == UNKNOWN || this == AMBIGUOUS;
    }
}
