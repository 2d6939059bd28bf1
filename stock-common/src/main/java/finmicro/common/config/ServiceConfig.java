package finmicro.common.config;

import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import java.util.Optional;

/**
 * All that a service reads from its environment, in one place. Each service has one bean of this type, made eagerly at
 * start: what it refuses keeps the service from starting.
 */
public interface ServiceConfig {

    /** The name that the service gives itself in logs and traces. */
    String serviceName();

    /** Whose tokens it believes; empty where everybody may call. */
    Optional<TrustedIssuer> trusted();

    /** Which web pages may call it, and by which host names. */
    OriginPolicy originPolicy();
}
