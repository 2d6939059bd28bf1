package finmicro.common.config;

import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import java.util.Optional;

/**
 * The configuration of a service, read from its environment. Each service has one bean of this type, created at startup: if it
 * throws {@link InvalidConfiguration}, the service does not start.
 */
public interface ServiceConfig {

    /** Name of the service in logs and traces. */
    String serviceName();

    /** The issuer whose tokens it accepts; empty if authentication is off. */
    Optional<TrustedIssuer> trusted();

    /** The web pages that may call it, and the host names that it accepts. */
    OriginPolicy originPolicy();
}
