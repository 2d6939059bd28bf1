package finmicro.common.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads JSON into records without lenient conversions, and writes records as JSON. Every component of a record is required,
 * unless it is {@link jakarta.annotation.Nullable}, and must have its exact JSON type: 1.5 and 10^12 are not ints, "7" is not a
 * number. Text after the value, duplicate keys and invalid UTF-8 are rejected. All errors are reported together, up to 100, each
 * with its JSON pointer. Unknown fields are ignored, so that producers can add fields. The record's Bean Validation constraints
 * are checked too.
 */
@ApplicationScoped
public class StrictJson {

    /** Limits the errors in a response or a log line. */
    private static final int MAX_ERRORS = 100;

    private static final JsonMapper MAPPER = Mapping.mapper();

    private final Validator validator;

    @Inject
    public StrictJson(Validator validator) {
        this.validator = validator;
    }

    /**
     * @param json UTF-8 text of one JSON object
     * @throws InvalidInput naming each field that is missing, has the wrong type or violates a constraint
     */
    public <T extends Record> T read(byte[] json, Class<T> type) {
        return read(object(json), type);
    }

    /** Parses one JSON object in UTF-8, as {@link #object(String)} does. */
    public static JsonNode object(byte[] json) {
        try {
            // Decoded here, because Jackson also accepts UTF-16 and some invalid UTF-8.
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (CharacterCodingException e) {
            throw InvalidInput.body("is not UTF-8");
        }
    }

    /** The same for text. */
    public <T extends Record> T read(String json, Class<T> type) {
        return read(object(json), type);
    }

    /** The same for a part of a tree; JSON pointers are relative to it. */
    public <T extends Record> T read(JsonNode part, Class<T> type) {
        RecordBinding binding = new RecordBinding(MAPPER);
        T read = binding.bind(part, type);
        List<FieldError> errors = new ArrayList<>(binding.errors());
        if (read != null) {
            Set<String> reported = errors.stream().map(FieldError::pointer).collect(Collectors.toSet());
            for (ConstraintViolation<T> violation : validator.validate(read)) {
                String pointer = pointer(violation.getPropertyPath());
                if (!reported.contains(pointer)) {
                    errors.add(new FieldError(pointer, violation.getMessage()));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
        }
        return read;
    }

    /** The value as UTF-8 JSON: whole numbers without a decimal point, null fields omitted. */
    public byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as JSON text. */
    public String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** The value as maps, lists and simple values, which {@link #bytes} writes as the same JSON. */
    public static Map<String, Object> tree(Object value) {
        return MAPPER.convertValue(value, new TypeReference<>() {});
    }

    /**
     * Parses one JSON object.
     *
     * @throws InvalidInput if the text is not a JSON object, has duplicate keys, or text after the object
     */
    public static JsonNode object(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree == null || !tree.isObject()) {
                throw InvalidInput.body(
                        json.isEmpty() ? "must not be empty: send a JSON object" : "must be a JSON object");
            }
            return tree;
        } catch (JacksonException e) {
            throw InvalidInput.body("is not well-formed JSON" + at(e));
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits, which Jackson does not wrap.
            throw InvalidInput.body("contains a number that is out of range");
        }
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getName() != null) {
                pointer.append('/').append(node.getName());
            }
        }
        return pointer.toString();
    }
}
