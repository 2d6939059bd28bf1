package finmicro.trade.order.boundary;

import finmicro.common.json.InvalidInput;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a client's identifier for a request from the header {@value #HEADER}. Clients send it bare ({@code k}) or as a quoted string
 * of RFC 8941 ({@code "k"}), as in the IETF draft; both forms are the same key. It is unique within its account.
 */
public final class IdempotencyKey {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";
    /** The bare form, for the API description. Clients may rely on it, so the text describes the quoted form. */
    public static final String FORM = "[!-~]{1,255}";

    /** A bare key does not start with a quote. In a quoted key, a backslash escapes quotes and backslashes. */
    private static final Pattern KEY = Pattern.compile("[!#-~][!-~]{0,254}|\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"");

    private IdempotencyKey() {}

    /**
     * Returns the key of the request, without quotes; empty if it has no key.
     *
     * @throws InvalidInput if it is empty or malformed, or if there are several: ignoring it would not protect the client
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
