package finmicro.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The samples of what goes over the wire, one line of JSON each, to which every producer and every consumer of a message
 * is held.
 */
public final class Contracts {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private Contracts() {}

    /** The sample of that name. */
    public static String sample(String name) {
        try (InputStream file = Contracts.class.getResourceAsStream("/contracts/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails unless what is written is equal to the sample as JSON: fields in any order, 2320 and 2320.0 different.
     *
     * @param written what a producer makes of the sample's content
     */
    public static void assertWritten(String name, String written) {
        JsonNode expected = tree(sample(name));
        if (!expected.equals(tree(written))) {
            throw new AssertionError("expected as in the sample " + name + ": " + expected + " but was: " + written);
        }
    }

    /**
     * Fails unless the sample, read and written again, is equal as JSON. Returns what was read.
     *
     * @param read the consumer's reading
     * @param write the producer's writing
     */
    public static <T> T assertRoundTrips(String name, Function<String, T> read, Function<T, String> write) {
        T value = read.apply(sample(name));
        assertWritten(name, write.apply(value));
        return value;
    }

    private static JsonNode tree(String json) {
        try {
            return PLAIN.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
