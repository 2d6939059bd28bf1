package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service flooded at one endpoint has room for the others, and flooded at all of them has threads for health. */
class ThreadsTest {

    private static final String BULKHEAD = "org.eclipse.microprofile.faulttolerance.Bulkhead";
    /** Requests that others may ask at once meanwhile. */
    private static final int ROOM = 16;
    /** What pollers, relays and the other workers of a service hold, and some for health. */
    private static final int OTHERS = 28;

    @ParameterizedTest
    @EnumSource(Service.class)
    void anyOneEndpointLetsInFewerThanTheServiceAndThatFewerThanThereAreThreads(Service service) {
        int most = Endpoints.of(service)
                .filter(method -> method.isAnnotatedWith(BULKHEAD))
                .mapToInt(ThreadsTest::bulkhead)
                .max()
                .orElseThrow();
        ServerConfiguration server = ServerConfiguration.of(service, Map.of());

        int requests = Integer.parseInt(server.variable("requests.at.once"));
        assertThat(requests).isGreaterThanOrEqualTo(most + ROOM);
        assertThat(server.coreThreads()).isGreaterThanOrEqualTo(requests + OTHERS);
    }

    private static int bulkhead(JavaMethod method) {
        return (int) method.getAnnotationOfType(BULKHEAD).get("value").orElseThrow();
    }
}
