package finmicro.common.telemetry;

import java.util.ResourceBundle;

/** A logger whose every line ends with the trade and the trace that it belongs to, where there are such. */
public final class Log implements System.Logger {

    private final System.Logger logger;

    private Log(System.Logger logger) {
        this.logger = logger;
    }

    /** The logger of a class. */
    public static System.Logger of(Class<?> owner) {
        return new Log(System.getLogger(owner.getName()));
    }

    /** The logger of the one line that an order is in each service; {@code ORDER_LOG} switches it on. */
    public static System.Logger ofOrders() {
        return new Log(System.getLogger("finmicro.orders"));
    }

    @Override
    public String getName() {
        return logger.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger.isLoggable(level);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            logger.log(level, bundle, message + context(), thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            logger.log(level, bundle, format + context(), parameters);
        }
    }

    private static String context() {
        return field("tradeNo", LogContext.tradeNo()) + field("traceId", LogContext.traceId());
    }

    private static String field(String name, String value) {
        return value == null ? "" : " " + name + "=" + value;
    }
}
