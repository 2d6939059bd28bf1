package finmicro.common.telemetry;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;

/** Has the server write trace and trade as fields of each JSON line, {@code ext_traceId} and {@code ext_tradeNo}: its own lines too. */
@ApplicationScoped
public class LogFields {

    // Kept, because the server holds them weakly.
    private final LogRecordContext.Extension traceId = LogContext::traceId;
    private final LogRecordContext.Extension tradeNo = LogContext::tradeNo;

    void register(@Observes Startup event) {
        LogRecordContext.registerExtension("traceId", traceId);
        LogRecordContext.registerExtension("tradeNo", tradeNo);
    }

    @PreDestroy
    void unregister() {
        LogRecordContext.unregisterExtension("traceId");
        LogRecordContext.unregisterExtension("tradeNo");
    }
}
