package finmicro.common.json;

/**
 * One thing wrong with an input.
 *
 * @param pointer the JSON pointer of the field in a body ({@code /orderPrice}), or the name of a parameter
 * @param detail what is wrong with it, for the caller
 */
public record FieldError(String pointer, String detail) {}
