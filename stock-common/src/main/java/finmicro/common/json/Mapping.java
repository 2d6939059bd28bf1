package finmicro.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import finmicro.common.time.JapanTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** Configures the only Jackson mapper: no lenient conversions, and the wire formats of date, time and price. */
final class Mapping {

    private Mapping() {}

    static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxNumberLength(64)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .addModule(wireForms())
                // Not covered by ALLOW_COERCION_OF_SCALARS: without it, a number or true is accepted as a string.
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    private static SimpleModule wireForms() {
        return new SimpleModule()
                .addSerializer(BigDecimal.class, write((value, json) -> json.writeNumber(plain(value))))
                .addSerializer(LocalDate.class, write((value, json) -> json.writeNumber(JapanTime.number(value))))
                .addSerializer(LocalTime.class, write((value, json) -> json.writeString(JapanTime.text(value))))
                .addSerializer(OffsetDateTime.class, write((value, json) -> json.writeString(JapanTime.text(value))))
                .addDeserializer(LocalDate.class, read(LocalDate.class, json -> JapanTime.date(whole(json))))
                .addDeserializer(
                        LocalTime.class, read(LocalTime.class, json -> LocalTime.parse(text(json), JapanTime.TIME)))
                .addDeserializer(
                        OffsetDateTime.class, read(OffsetDateTime.class, json -> OffsetDateTime.parse(text(json))));
    }

    /** Writes a whole number without a decimal point, because the legacy programs reject 24200.0 for an int. */
    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /** Checks the token type, because {@code getIntValue} would truncate 20200607.5. */
    private static int whole(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            throw new DateTimeException("not a whole number");
        }
        return json.getIntValue();
    }

    private static String text(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            throw new DateTimeException("not a string");
        }
        return json.getText();
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    private interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    private static <T> JsonSerializer<T> write(Writing<T> writing) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                writing.write(value, json);
            }
        };
    }

    private static <T> JsonDeserializer<T> read(Class<T> type, Reading<T> reading) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                try {
                    return reading.read(json);
                } catch (DateTimeException e) {
                    return context.reportInputMismatch(type, "not a valid %s", type.getSimpleName());
                }
            }
        };
    }
}
