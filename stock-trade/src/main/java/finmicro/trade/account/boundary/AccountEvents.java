package finmicro.trade.account.boundary;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Qualifies the feed of account events; the unqualified feed is that of orders. */
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
public @interface AccountEvents {}
