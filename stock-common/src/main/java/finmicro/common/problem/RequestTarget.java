package finmicro.common.problem;

import java.net.URI;

/** The path and query of a request, undecoded. */
final class RequestTarget {

    /** The replacement character for bytes that are not UTF-8. */
    private static final char NOT_UTF_8 = '\ufffd';

    private RequestTarget() {}

    /**
     * Checks that path and query are a URI, and that the path has no encoded separator: a proxy and the server may interpret an
     * encoded dot, slash, backslash or hash differently. The server's check for these is off
     * ({@code skipEncodedCharVerification}), because it logs a stack trace and does not return a problem document.
     *
     * @param query null if there is none
     * @throws IllegalArgumentException if a check fails
     */
    static void check(String path, String query) {
        if (isPlain(path) && (query == null || isPlain(query))) {
            return;
        }
        if (path.indexOf('#') >= 0 || hasEncodedSeparator(path)) {
            throw new IllegalArgumentException("the path has an encoded separator");
        }
        URI uri = URI.create(path + (query == null ? "" : "?" + query));
        if ((uri.getPath() + uri.getQuery()).indexOf(NOT_UTF_8) >= 0) {
            throw new IllegalArgumentException("encodes bytes that are not UTF-8");
        }
    }

    /** Whether it needs no further check, which is the case for nearly all requests. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '=' || c == '&')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasEncodedSeparator(String path) {
        for (int i = path.indexOf('%'); i >= 0 && i + 2 < path.length(); i = path.indexOf('%', i + 1)) {
            char high = path.charAt(i + 1);
            char low = (char) (path.charAt(i + 2) | 0x20);
            if (high == '2' && (low == 'e' || low == 'f' || path.charAt(i + 2) == '3') || high == '5' && low == 'c') {
                return true;
            }
        }
        return false;
    }
}
