package finmicro.common.persistence;

import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.lang.reflect.Method;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records a span for each transaction, from begin to commit, named after the transactional method and the database:
 * {@code accept StockTrade}. The span belongs to the current trace, or to the traces of all messages of a batch.
 */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100) // around the server's transaction interceptor, which has + 200
public class TransactionSpans {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("code.function.name");

    private final CallSpans spans;
    private final String database;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    @Inject
    public TransactionSpans(CallSpans spans, @ConfigProperty(name = "DB_NAME") Optional<String> database) {
        this.spans = spans;
        this.database = database.orElse("");
    }

    @AroundInvoke
    Object trace(InvocationContext invocation) throws Exception {
        if (transaction.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            return invocation.proceed();
        }
        Method method = invocation.getMethod();
        return spans.call(method.getName() + " " + database, () -> attributes(method), invocation::proceed);
    }

    private Attributes attributes(Method method) {
        return Attributes.of(
                SYSTEM,
                "mysql",
                NAMESPACE,
                database,
                METHOD,
                method.getDeclaringClass().getName() + "." + method.getName(),
                Telemetry.PEER_SERVICE,
                "mysql/" + database);
    }
}
