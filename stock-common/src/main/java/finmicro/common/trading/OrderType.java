package finmicro.common.trading;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Order type; on the wire and in the tables {@code "0"} is market, {@code "1"} is limit. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"0", "1"},
        description = "0 market, 1 limit",
        examples = "1",
        extensions = @Extension(name = "x-enum-varnames", value = "[\"MARKET\", \"LIMIT\"]", parseValue = true))
public enum OrderType {
    /** 成行: fills at the market price. */
    MARKET("0"),
    /** 指値: fills at its limit price or expires. */
    LIMIT("1");

    private final String code;

    OrderType(String code) {
        this.code = code;
    }

    /** The code on the wire and in the tables. */
    @JsonValue
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException for an unknown code */
    public static OrderType of(String code) {
        return Arrays.stream(values())
                .filter(type -> type.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown order type " + code));
    }
}
