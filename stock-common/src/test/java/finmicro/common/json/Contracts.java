package finmicro.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The samples of what goes over the wire, to which every producer and every consumer of a message is held. */
public final class Contracts {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private Contracts() {}

    /** The strict reader as the services have it. */
    public static StrictJson json() {
        return new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());
    }

    /** The sample of that name, one line of JSON. */
    public static byte[] sample(String name) {
        try (InputStream file = Contracts.class.getResourceAsStream("/contracts/" + name + ".json")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the sample into the record and writes it again: what comes out must be equal as JSON. Returns the record. */
    public static <T extends Record> T assertRoundTrips(String name, Class<T> type) {
        T read = json().read(sample(name), type);
        assertWrites(name, read);
        return read;
    }

    /** The record, written, must be equal to the sample as JSON. */
    public static void assertWrites(String name, Object value) {
        assertThat(tree(json().bytes(value))).isEqualTo(tree(sample(name)));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return PLAIN.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
