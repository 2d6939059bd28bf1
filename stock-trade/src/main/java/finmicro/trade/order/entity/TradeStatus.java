package finmicro.trade.order.entity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The status of a trade. A trade starts open and changes its status once. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"0", "1", "2", "9"},
        description = "0 open, 1 filled, 2 not filled, 9 cancelled",
        examples = "0",
        extensions =
                @Extension(
                        name = "x-enum-varnames",
                        value = "[\"OPEN\", \"CONTRACTED\", \"FAILED\", \"CANCELLED\"]",
                        parseValue = true))
public enum TradeStatus {
    OPEN("0", "open"),
    FILLED("1", "contracted"),
    NOT_FILLED("2", "failed"),
    CANCELLED("9", "cancelled");

    private final String code;
    private final String word;

    TradeStatus(String code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The code on the wire and in the tables. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Its name in metrics and logs: {@code contracted}. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException for an unknown code */
    public static TradeStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown trade status " + code));
    }

    /** @throws IllegalStateException for any transition that does not start at open */
    TradeStatus to(TradeStatus next) {
        if (this != OPEN || next == OPEN) {
            throw new IllegalStateException("a trade cannot change from " + this + " to " + next);
        }
        return next;
    }
}
