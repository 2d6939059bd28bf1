package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flood of one endpoint leaves capacity for the others, and a flood of all leaves threads for health checks. */
class ThreadsTest {

    private static final String BULKHEAD = "org.eclipse.microprofile.faulttolerance.Bulkhead";
    /** Concurrent requests that the other endpoints can still serve. */
    private static final int OTHER_REQUESTS = 16;
    /** Threads for pollers, relays and the other workers of a service, and for health checks. */
    private static final int OTHER_THREADS = 28;

    @ParameterizedTest
    @EnumSource(Service.class)
    void bulkheadsAreSmallerThanTheRequestLimitAndThatIsBelowTheThreads(Service service) {
        int largest = Endpoints.of(service)
                .filter(method -> method.isAnnotatedWith(BULKHEAD))
                .mapToInt(ThreadsTest::bulkhead)
                .max()
                .orElseThrow();
        ServerConfiguration server = ServerConfiguration.of(service, Map.of());

        int requests = Integer.parseInt(server.variable("requests.at.once"));
        assertThat(requests).isGreaterThanOrEqualTo(largest + OTHER_REQUESTS);
        assertThat(server.coreThreads()).isGreaterThanOrEqualTo(requests + OTHER_THREADS);
    }

    private static int bulkhead(JavaMethod method) {
        return (int) method.getAnnotationOfType(BULKHEAD).get("value").orElseThrow();
    }
}
