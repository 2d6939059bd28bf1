package finmicro.common.json;

import java.util.List;
import java.util.stream.Collectors;

/** A body or parameter violates its contract: 400 over HTTP, a poison message on a queue. */
public class InvalidInput extends RuntimeException {

    private final List<FieldError> errors;

    /** @param errors all errors; at least one */
    public InvalidInput(List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** The body as a whole is invalid. */
    public static InvalidInput body(String detail) {
        return new InvalidInput(List.of(new FieldError("", detail)));
    }

    /** One parameter is invalid. */
    public static InvalidInput parameter(String name, String detail) {
        return new InvalidInput(List.of(FieldError.parameter(name, detail)));
    }

    /** All errors. */
    public List<FieldError> errors() {
        return errors;
    }
}
