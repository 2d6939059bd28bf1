package finmicro.items.price.control;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;

/** The data source of DB_HOST_READ, which may be a replica and behind. */
@Qualifier
@Retention(RUNTIME)
public @interface ForReading {}
