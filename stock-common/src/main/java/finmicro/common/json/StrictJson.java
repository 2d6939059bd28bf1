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
 * Reads JSON into records without guessing, and writes records as JSON. Every component of a record is required, unless it
 * is {@link jakarta.annotation.Nullable}, and of its own JSON type: 1.5 is no int, "7" no number, 10^12 no int; text after
 * the value, a doubled key and invalid UTF-8 are refused. All that is wrong is told at once, up to 100 faults, each with its
 * JSON pointer. Unknown fields are passed over, so that a producer may add some. The record's Bean Validation constraints are
 * checked too.
 */
@ApplicationScoped
public class StrictJson {

    /** A body can hold more faults than anybody reads, and each is a line in an answer or a log. */
    private static final int MOST_TOLD = 100;

    private static final JsonMapper MAPPER = Mapping.mapper();

    private final Validator validator;

    @Inject
    public StrictJson(Validator validator) {
        this.validator = validator;
    }

    /**
     * @param json UTF-8 text of one JSON object
     * @throws InvalidInput naming each field that is missing, of the wrong type or breaks a constraint
     */
    public <T extends Record> T read(byte[] json, Class<T> type) {
        return read(object(json), type);
    }

    /** The tree of one JSON object in UTF-8, as {@link #object(String)} reads it. */
    public static JsonNode object(byte[] json) {
        try {
            // Decoded here, since Jackson takes UTF-16 too, and much that is no UTF-8.
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (CharacterCodingException e) {
            throw InvalidInput.body("is not UTF-8");
        }
    }

    /** The same, of text. */
    public <T extends Record> T read(String json, Class<T> type) {
        return read(object(json), type);
    }

    /** The same, of a part of a tree; pointers begin there. */
    public <T extends Record> T read(JsonNode part, Class<T> type) {
        RecordBinding binding = new RecordBinding(MAPPER);
        T read = binding.bind(part, type);
        List<FieldError> errors = new ArrayList<>(binding.errors());
        if (read != null) {
            Set<String> told = errors.stream().map(FieldError::pointer).collect(Collectors.toSet());
            for (ConstraintViolation<T> violation : validator.validate(read)) {
                String pointer = pointer(violation.getPropertyPath());
                if (!told.contains(pointer)) {
                    errors.add(new FieldError(pointer, violation.getMessage()));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors.subList(0, Math.min(errors.size(), MOST_TOLD)));
        }
        return read;
    }

    /** The value as UTF-8 JSON: whole numbers without a decimal point, absent fields left out. */
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

    /** The value as maps, lists and simple values, of which {@link #bytes} would make the same JSON. */
    public static Map<String, Object> tree(Object value) {
        return MAPPER.convertValue(value, new TypeReference<>() {});
    }

    /**
     * The tree of one JSON object, without a doubled key and without text after it.
     *
     * @throws InvalidInput when the text is none
     */
    public static JsonNode object(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree == null || !tree.isObject()) {
                throw InvalidInput.body(
                        json.isEmpty() ? "must not be empty: a JSON object is wanted" : "must be a JSON object");
            }
            return tree;
        } catch (JacksonException e) {
            throw InvalidInput.body("is not well-formed JSON" + at(e));
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits; Jackson passes this one on as it is.
            throw InvalidInput.body("has a number that is out of all bounds");
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
