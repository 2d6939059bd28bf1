package finmicro.trade.account.boundary;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The feed of accounts, beside the one of orders. */
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
public @interface AccountEvents {}
