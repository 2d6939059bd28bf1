package finmicro.common.access;

import finmicro.common.config.InvalidConfiguration;
import finmicro.common.telemetry.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;

/** Logs at startup whether callers are authenticated. */
@ApplicationScoped
public class AccessLog {

    private static final System.Logger LOG = Log.of(AccessLog.class);

    void log(@Observes Startup event, Instance<AccessConfig> config) {
        try {
            config.get()
                    .trusted()
                    .ifPresentOrElse(
                            issuer -> LOG.log(System.Logger.Level.INFO, "access.jwt issuer={0}", issuer.issuer()),
                            () -> LOG.log(System.Logger.Level.INFO, "access.off any caller is accepted: AUTH=off"));
        } catch (InvalidConfiguration e) {
            // The life cycle logs it: the service does not start.
        }
    }
}
