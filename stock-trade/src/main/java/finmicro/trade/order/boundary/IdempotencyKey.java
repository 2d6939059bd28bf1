package finmicro.trade.order.boundary;

import finmicro.common.json.InvalidInput;

/**
 * A client's own name of a request, from the header {@value #HEADER}.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";
    static final String FORM = "[!-~]{1,255}";

    /** @throws InvalidInput when it is no such text */
    public IdempotencyKey {
        if (!value.matches(FORM)) {
            throw InvalidInput.parameter(HEADER, "must be 1 to 255 visible ASCII characters");
        }
    }
}
