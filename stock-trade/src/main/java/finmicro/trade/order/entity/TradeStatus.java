package finmicro.trade.order.entity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a trade stands. It begins open and moves once. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"0", "1", "2", "9"},
        description = "0 open, 1 contracted, 2 failed, 9 cancelled",
        examples = "0",
        extensions =
                @Extension(
                        name = "x-enum-varnames",
                        value = "[\"OPEN\", \"CONTRACTED\", \"FAILED\", \"CANCELLED\"]",
                        parseValue = true))
public enum TradeStatus {
    OPEN("0"),
    CONTRACTED("1"),
    FAILED("2"),
    CANCELLED("9");

    private final String code;

    TradeStatus(String code) {
        this.code = code;
    }

    /** The code on the wire and in the tables. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Its name in answers and metrics: {@code contracted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a code there is not */
    public static TradeStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no trade status " + code));
    }

    /** @throws IllegalStateException for any step but one out of open */
    TradeStatus to(TradeStatus next) {
        if (this != OPEN || next == OPEN) {
            throw new IllegalStateException("a trade that is " + this + " does not become " + next);
        }
        return next;
    }
}
