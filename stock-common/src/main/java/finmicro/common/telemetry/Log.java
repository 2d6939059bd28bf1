package finmicro.common.telemetry;

import java.util.ResourceBundle;

/** A logger that appends the current trade number and trace ID to each line, if there are any. */
public final class Log implements System.Logger {

    private final System.Logger logger;

    private Log(System.Logger logger) {
        this.logger = logger;
    }

    /** The logger of a class. */
    public static System.Logger of(Class<?> owner) {
        return new Log(System.getLogger(owner.getName()));
    }

    /** The logger for the one line per order in each service; {@code ORDER_LOG} enables it. */
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
