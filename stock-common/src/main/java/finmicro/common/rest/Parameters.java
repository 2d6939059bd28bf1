package finmicro.common.rest;

import finmicro.common.json.InvalidInput;
import finmicro.common.time.JapanTime;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;

/**
 * Converts query parameters. A malformed one is a 400 that names it; JAX-RS would return 404 by default.
 */
@Provider
public class Parameters implements ParamConverterProvider {

    private record Form(Function<String, ?> read, String expected) {}

    private static final Map<Class<?>, Form> FORMS = Map.of(
            Integer.class, new Form(Integer::valueOf, "must be a whole number"),
            Long.class, new Form(Long::valueOf, "must be a whole number"),
            LocalDate.class, new Form(Parameters::date, "must be a valid date, yyyyMMdd"));

    private static LocalDate date(String text) {
        return JapanTime.date(Integer.parseInt(text));
    }

    /** @throws InvalidInput if both dates are given, and {@code from} is after {@code to} */
    public static void requireOrder(LocalDate from, LocalDate to) {
        if (from != null && to != null && from.isAfter(to)) {
            throw InvalidInput.parameter("from", "must not be after to");
        }
    }

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        Form form = FORMS.get(type);
        return form == null ? null : converter(type, form, name(annotations));
    }

    private static String name(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
        }
        return "";
    }

    private static <T> ParamConverter<T> converter(Class<T> type, Form form, String name) {
        return new ParamConverter<>() {
            @Override
            public T fromString(String text) {
                try {
                    return text == null || text.isEmpty()
                            ? null
                            : type.cast(form.read().apply(text));
                } catch (NumberFormatException | DateTimeException e) {
                    throw InvalidInput.parameter(name, form.expected());
                }
            }

            @Override
            public String toString(T value) {
                return value instanceof LocalDate date ? Integer.toString(JapanTime.number(date)) : value.toString();
            }
        };
    }
}
