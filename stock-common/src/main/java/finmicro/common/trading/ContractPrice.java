package finmicro.common.trading;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The price of a fill: a market order may fill up to 50 yen above the highest order price. */
@DecimalMin(value = "0", inclusive = false, message = "must be above 0")
@DecimalMax(value = "10000050", message = "must be at most 10,000,050 yen")
@Digits(integer = 8, fraction = 4, message = "must have at most 4 decimals")
@Constraint(validatedBy = {})
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER})
public @interface ContractPrice {

    /** Error message for the caller. */
    String message() default "is not a valid price";

    /** Unused. */
    Class<?>[] groups() default {};

    /** Unused. */
    Class<? extends Payload>[] payload() default {};
}
