package finmicro.common.config;

/**
 * The configuration of a service, read from its environment. Each service has one bean of this type, created at startup: if it
 * throws {@link InvalidConfiguration}, the service does not start.
 */
public interface ServiceConfig {

    /** Name of the service in logs and traces. */
    String serviceName();
}
