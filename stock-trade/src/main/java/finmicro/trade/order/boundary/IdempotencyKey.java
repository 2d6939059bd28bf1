package finmicro.trade.order.boundary;

import finmicro.common.json.InvalidInput;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** A client's own name of a request, in the header {@value #HEADER}. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";
    static final String FORM = "[!-~]{1,255}";

    private IdempotencyKey() {}

    /**
     * The key that the request carries, if any.
     *
     * @throws InvalidInput when it is empty or malformed, or when there are several: a client that means to be safe is
     *     told that it is not
     */
    static Optional<String> of(HttpHeaders headers) {
        List<String> keys = headers.getRequestHeaders().getOrDefault(HEADER, List.of());
        if (keys.size() > 1 || keys.stream().anyMatch(key -> !key.matches(FORM))) {
            throw InvalidInput.parameter(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        return keys.stream().findFirst();
    }
}
