package finmicro.common.json;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error in a field of the body or in a parameter. Either {@code pointer} or {@code parameter} is set.
 *
 * @param pointer JSON pointer (RFC 6901) of the field, empty for the whole body; null for a parameter
 * @param parameter name of the path, query or header parameter; null for a field
 * @param detail error message for the caller
 */
@Schema(description = "An error in a field of the body or in a parameter")
public record FieldError(
        @Schema(
                description = "Absent for a parameter. JSON pointer (RFC 6901) of the field in the body",
                examples = "/orderPrice")
        String pointer,

        @Schema(
                description = "Absent for a field of the body. Name of the path, query or header parameter",
                examples = "stockCode")
        String parameter,

        @Schema(description = "Human-readable error message", examples = "must be above 0")
        String detail) {

    /** A field of a body. */
    public FieldError(String pointer, String detail) {
        this(pointer, null, detail);
    }

    /** A parameter. */
    public static FieldError parameter(String name, String detail) {
        return new FieldError(null, name, detail);
    }

    /** Field or parameter, and the error message. */
    @Override
    public String toString() {
        return ((pointer == null ? parameter : pointer) + " " + detail).strip();
    }
}
