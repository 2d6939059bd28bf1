package finmicro.common.json;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing wrong with an input.
 *
 * @param pointer the JSON pointer of the field in a body ({@code /orderPrice}), or the name of a parameter
 * @param detail what is wrong with it, for the caller
 */
@Schema(description = "One thing wrong with an input")
public record FieldError(
        @Schema(examples = "/orderPrice") String pointer,
        @Schema(examples = "must be above 0") String detail) {}
