package finmicro.common.access;

import java.util.Optional;

/** Which callers a service accepts. Each service has one bean of this type. */
public interface AccessConfig {

    /** The issuer whose tokens it accepts; empty if authentication is off. */
    Optional<TrustedIssuer> trusted();

    /** The web pages that may call it, and the host names that it accepts. */
    OriginPolicy originPolicy();
}
