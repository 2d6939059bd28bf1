package finmicro.common.json;

import java.util.List;
import java.util.stream.Collectors;

/** A body or parameter that is not what its contract says: 400 over HTTP, poison on a queue. */
public class InvalidInput extends RuntimeException {

    private final List<FieldError> errors;

    /** @param errors each thing that is wrong; at least one */
    public InvalidInput(List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** The body as a whole is wrong. */
    public static InvalidInput body(String detail) {
        return new InvalidInput(List.of(new FieldError("", detail)));
    }

    /** One parameter is wrong. */
    public static InvalidInput parameter(String name, String detail) {
        return new InvalidInput(List.of(FieldError.parameter(name, detail)));
    }

    /** Each thing that is wrong. */
    public List<FieldError> errors() {
        return errors;
    }
}
