package finmicro.common.problem;

import java.net.URI;

/** The path and query of a request, as they came over the wire. */
final class RequestTarget {

    /** What bytes that are not UTF-8 are decoded to. */
    private static final char NOT_UTF_8 = '\ufffd';

    private RequestTarget() {}

    /**
     * Checks that path and query are a URI, and that nothing in the path is a separator in disguise: an encoded dot, slash,
     * backslash or hash means one path to a proxy and another to the server. The server's own check for these is off
     * ({@code skipEncodedCharVerification}), since it logs a stack trace and answers in its own words.
     *
     * @param query null if there is none
     * @throws IllegalArgumentException if not
     */
    static void check(String path, String query) {
        if (isPlain(path) && (query == null || isPlain(query))) {
            return;
        }
        if (path.indexOf('#') >= 0 || hasDisguisedSeparator(path)) {
            throw new IllegalArgumentException("the path has a separator in disguise");
        }
        URI uri = URI.create(path + (query == null ? "" : "?" + query));
        if ((uri.getPath() + uri.getQuery()).indexOf(NOT_UTF_8) >= 0) {
            throw new IllegalArgumentException("encodes bytes that are not UTF-8");
        }
    }

    /** Whether it needs no closer look, which is so for nearly all requests. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '=' || c == '&')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDisguisedSeparator(String path) {
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
