package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service flooded at one endpoint has room for the others, and flooded at all of them has threads for health. */
class ThreadsTest {

    private static final String BULKHEAD = "org.eclipse.microprofile.faulttolerance.Bulkhead";
    private static final Pattern REQUESTS = Pattern.compile("<variable name=\"requests.at.once\" value=\"(\\d+)\"/>");
    private static final Pattern THREADS = Pattern.compile("<executor coreThreads=\"(\\d+)\"/>");
    /** Requests that others may ask at once meanwhile. */
    private static final int ROOM = 16;
    /** What pollers, relays and the other workers of a service hold, and some for health. */
    private static final int OTHERS = 28;

    @ParameterizedTest
    @EnumSource(Service.class)
    void anyOneEndpointLetsInFewerThanTheServiceAndThatFewerThanThereAreThreads(Service service) throws Exception {
        int most = Endpoints.of(service)
                .filter(method -> method.isAnnotatedWith(BULKHEAD))
                .mapToInt(ThreadsTest::bulkhead)
                .max()
                .orElseThrow();
        String server = Files.readString(Path.of("..", service.artifact(), "src/main/liberty/config/server.xml"));

        int requests = number(REQUESTS, server);
        assertThat(requests).isGreaterThanOrEqualTo(most + ROOM);
        assertThat(number(THREADS, server)).isGreaterThanOrEqualTo(requests + OTHERS);
    }

    private static int bulkhead(JavaMethod method) {
        return (int) method.getAnnotationOfType(BULKHEAD).get("value").orElseThrow();
    }

    private static int number(Pattern pattern, String text) {
        List<String> numbers =
                pattern.matcher(text).results().map(match -> match.group(1)).toList();
        assertThat(numbers).hasSize(1);
        return Integer.parseInt(numbers.get(0));
    }
}
