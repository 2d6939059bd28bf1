package finmicro.common.problem;

import finmicro.common.json.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Comparator;
import java.util.List;

/** Reports each parameter that violates a constraint. A separate mapper, to override the server's mapper for this type. */
@Provider
public class InvalidParametersMapper implements ExceptionMapper<ConstraintViolationException> {

    @Override
    public Response toResponse(ConstraintViolationException invalid) {
        List<FieldError> errors = invalid.getConstraintViolations().stream()
                .map(violation -> FieldError.parameter(name(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::parameter))
                .toList();
        return Problem.invalidInput(errors).response();
    }

    /** The parameter name is the last node of the path: {@code prices.stockCode}. */
    private static String name(ConstraintViolation<?> violation) {
        String name = "";
        for (Path.Node node : violation.getPropertyPath()) {
            name = node.getName();
        }
        return name;
    }
}
