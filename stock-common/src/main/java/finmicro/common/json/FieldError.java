package finmicro.common.json;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing wrong with an input: with a field of a body, or with a parameter, and one of the two is named.
 *
 * @param pointer the JSON pointer (RFC 6901) of the field, empty for the body as a whole; null for a parameter
 * @param parameter the name of the parameter in path, query or headers; null for a field
 * @param detail what is wrong with it, for the caller
 */
@Schema(description = "One thing wrong with an input: with a field of the body, or with a parameter")
public record FieldError(
        @Schema(
                description = "Absent for a parameter. The JSON pointer (RFC 6901) of the field in the body",
                examples = "/orderPrice")
        String pointer,

        @Schema(
                description = "Absent for a field of the body. The name of the parameter in path, query or headers",
                examples = "stockCode")
        String parameter,

        @Schema(description = "What is wrong with it, for people", examples = "must be above 0")
        String detail) {

    /** A field of a body. */
    public FieldError(String pointer, String detail) {
        this(pointer, null, detail);
    }

    /** A parameter. */
    public static FieldError parameter(String name, String detail) {
        return new FieldError(null, name, detail);
    }

    /** Field or parameter, and what is wrong with it. */
    @Override
    public String toString() {
        return ((pointer == null ? parameter : pointer) + " " + detail).strip();
    }
}
