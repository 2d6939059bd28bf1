package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server has threads left for health when one endpoint is flooded. */
class ThreadsTest {

    private static final String BULKHEAD = "org.eclipse.microprofile.faulttolerance.Bulkhead";
    private static final Pattern THREADS = Pattern.compile("<executor coreThreads=\"(\\d+)\"/>");
    /** What pollers, relays and the other workers of a service hold, and some for health. */
    private static final int OTHERS = 28;

    @ParameterizedTest
    @EnumSource(Service.class)
    void anyOneEndpointLetsInFewerThanThereAreThreads(Service service) throws Exception {
        int most = Endpoints.of(service)
                .filter(method -> method.isAnnotatedWith(BULKHEAD))
                .mapToInt(ThreadsTest::bulkhead)
                .max()
                .orElseThrow();
        String server = Files.readString(Path.of("..", service.artifact(), "src/main/liberty/config/server.xml"));

        assertThat(THREADS.matcher(server).results())
                .extracting(ThreadsTest::threads)
                .singleElement()
                .satisfies(threads -> assertThat(threads).isGreaterThanOrEqualTo(most + OTHERS));
    }

    private static int bulkhead(JavaMethod method) {
        return (int) method.getAnnotationOfType(BULKHEAD).get("value").orElseThrow();
    }

    private static int threads(MatchResult executor) {
        return Integer.parseInt(executor.group(1));
    }
}
