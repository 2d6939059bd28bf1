package finmicro.common.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.annotation.Nullable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Binds one JSON tree to a record component by component, so that every field at fault is named and not only the
 * first, at which a plain data binding stops.
 */
final class RecordBinding {

    private static final Map<Class<?>, String> WANTED = Map.of(
            int.class, "must be a whole number",
            long.class, "must be a whole number",
            boolean.class, "must be true or false",
            BigDecimal.class, "must be a number",
            String.class, "must be a string",
            LocalDate.class, "must be a date that exists, as a whole number yyyyMMdd",
            LocalTime.class, "must be a time HH:mm:ss on the 24-hour clock",
            OffsetDateTime.class, "must be a time stamp as of RFC 3339");

    private final JsonMapper mapper;
    private final List<FieldError> errors = new ArrayList<>();

    RecordBinding(JsonMapper mapper) {
        this.mapper = mapper;
    }

    List<FieldError> errors() {
        return errors;
    }

    <T> T bind(JsonNode object, Class<T> type) {
        return bind(object, type, "");
    }

    private <T> T bind(JsonNode object, Class<T> type, String pointer) {
        if (!object.isObject()) {
            return fault(pointer, "must be an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            JsonNode node = object.get(component.getName());
            Object value = isLeftOut(node, component)
                    ? null
                    : value(node, component.getGenericType(), pointer + "/" + component.getName());
            values[i] = value == null ? absent(component.getType()) : value;
        }
        return create(type, components, values);
    }

    private static boolean isLeftOut(JsonNode node, RecordComponent component) {
        return isAbsent(node) && component.isAnnotationPresent(Nullable.class);
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }

    private Object value(JsonNode node, Type type, String pointer) {
        if (isAbsent(node)) {
            return fault(pointer, "is missing");
        }
        if (type instanceof ParameterizedType list) {
            return list(node, (Class<?>) list.getActualTypeArguments()[0], pointer);
        }
        Class<?> simple = (Class<?>) type;
        if (simple.isRecord()) {
            return bind(node, simple, pointer);
        }
        try {
            return mapper.treeToValue(node, simple);
        } catch (JacksonException e) {
            return fault(pointer, wanted(simple));
        }
    }

    private List<Object> list(JsonNode array, Class<?> element, String pointer) {
        if (!array.isArray()) {
            return fault(pointer, "must be an array");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            values.add(value(array.get(i), element, pointer + "/" + i));
        }
        return values;
    }

    private String wanted(Class<?> type) {
        return type.isEnum()
                ? "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> mapper.valueToTree(constant).asText())
                                .collect(Collectors.joining(", "))
                : WANTED.getOrDefault(type, "is of the wrong type");
    }

    private <T> T fault(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
        return null;
    }

    private static Object absent(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    private static <T> T create(Class<T> type, RecordComponent[] components, Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a wire record must take any value of its types: " + type, e);
        }
    }
}
