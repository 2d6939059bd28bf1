package finmicro.common.telemetry;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;

/** Adds trace ID and trade number to each JSON log line of the server, as {@code ext_traceId} and {@code ext_tradeNo}. */
@ApplicationScoped
public class LogFields {

    // Strong references, because the server references them weakly.
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
