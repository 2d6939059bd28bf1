package finmicro.trade.order.boundary;

import finmicro.common.json.InvalidInput;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A client's own name of a request, in the header {@value #HEADER}. It is sent bare ({@code k}) or as a string of RFC 8941
 * ({@code "k"}), as the draft of the IETF has it; both forms are the same key. It is unique within its account.
 */
public final class IdempotencyKey {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";
    /** For the description of the API, which promised it to clients; the quoted form is described in words. */
    public static final String FORM = "[!-~]{1,255}";

    /** A bare key begins with no quote; in a quoted one, quotes and backslashes are escaped with a backslash. */
    private static final Pattern KEY = Pattern.compile("[!#-~][!-~]{0,254}|\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"");

    private IdempotencyKey() {}

    /**
     * The key that the request carries, if any, as it is kept.
     *
     * @throws InvalidInput when it is empty or malformed, or when there are several: a client that means to be safe is
     *     told that it is not
     */
    public static Optional<String> of(HttpHeaders headers) {
        List<String> keys = headers.getRequestHeaders().getOrDefault(HEADER, List.of());
        if (keys.size() > 1 || keys.stream().anyMatch(key -> !KEY.matcher(key).matches())) {
            throw InvalidInput.parameter(
                    HEADER, "must be 1 to 255 visible ASCII characters, bare or as a quoted string");
        }
        return keys.stream().findFirst().map(IdempotencyKey::unquoted);
    }

    private static String unquoted(String key) {
        return key.startsWith("\"") ? key.substring(1, key.length() - 1).replaceAll("\\\\(.)", "$1") : key;
    }
}
