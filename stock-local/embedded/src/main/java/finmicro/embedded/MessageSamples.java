package finmicro.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Samples of the messages, one line of JSON each. The contract tests of all producers and consumers verify against them.
 */
public final class MessageSamples {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private MessageSamples() {}

    /** The sample with this name. */
    public static String sample(String name) {
        try (InputStream file = MessageSamples.class.getResourceAsStream("/contracts/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails unless the written JSON equals the sample. The order of fields is ignored; 2320 and 2320.0 differ.
     *
     * @param written the producer's JSON for the content of the sample
     */
    public static void assertWritten(String name, String written) {
        JsonNode expected = tree(sample(name));
        if (!expected.equals(tree(written))) {
            throw new AssertionError("expected the sample " + name + ": " + expected + " but was: " + written);
        }
    }

    /**
     * Fails unless reading and writing the sample yields equal JSON. Returns the read value.
     *
     * @param read the consumer's deserialization
     * @param write the producer's serialization
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
