package finmicro.items.price.control;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;

/** Qualifies the data source of DB_HOST_READ, which may be a replica that lags. */
@Qualifier
@Retention(RUNTIME)
public @interface ForReading {}
