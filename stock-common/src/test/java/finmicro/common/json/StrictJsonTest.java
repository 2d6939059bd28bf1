package finmicro.common.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import finmicro.common.trading.OrderPrice;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.Quantity;
import finmicro.common.trading.TradeType;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    record Sample(
            int count,
            long number,
            boolean flag,
            String text,
            LocalDate date,
            LocalTime time,
            OffsetDateTime at,
            TradeType side,
            OrderType type,
            @OrderPrice BigDecimal price,
            List<@Valid Part> parts) {}

    record Part(@Quantity long quantity) {}

    record Batch(
            @Size(min = 1, max = 2, message = "must be 1 or 2")
            List<@Valid Entry> entries) {}

    record Entry(@Valid Part part, @Nullable String note) {}

    private static final String GOOD = """
            {"count":1,"number":2,"flag":true,"text":"x","date":20200607,"time":"11:25:00",
             "at":"2020-06-07T11:25:00+09:00","side":"BUY","type":"1","price":2320.5,"parts":[{"quantity":3}]}""";

    private final StrictJson json =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void validInputIsReadAndWrittenUnchanged() {
        Sample sample = json.read(GOOD, Sample.class);

        assertThat(sample.date()).isEqualTo(LocalDate.of(2020, 6, 7));
        assertThat(sample.type()).isEqualTo(OrderType.LIMIT);
        assertThat(json.text(sample)).isEqualTo(GOOD.replaceAll("\\s", ""));
    }

    @Test
    void unknownFieldIsIgnored() {
        assertThat(json.read("{\"quantity\":3,\"later\":[1]}", Part.class).quantity())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/count|\"count\":1|\"count\":1.5",
                "/count|\"count\":1|\"count\":1.0",
                "/count|\"count\":1|\"count\":\"1\"",
                "/count|\"count\":1|\"count\":1000000000000",
                "/count|\"count\":1|\"count\":true",
                "/count|\"count\":1|\"count\":null",
                "/number|\"number\":2|\"number\":99999999999999999999",
                "/number|\"number\":2|\"number\":[2]",
                "/flag|\"flag\":true|\"flag\":1",
                "/flag|\"flag\":true|\"flag\":\"true\"",
                "/text|\"text\":\"x\"|\"text\":7",
                "/text|\"text\":\"x\"|\"text\":{}",
                "/date|\"date\":20200607|\"date\":20200631",
                "/date|\"date\":20200607|\"date\":\"20200607\"",
                "/date|\"date\":20200607|\"date\":20200607.5",
                "/date|\"date\":20200607|\"date\":2.0200607e7",
                "/date|\"date\":20200607|\"date\":-20200607",
                "/date|\"date\":20200607|\"date\":2020",
                "/time|\"time\":\"11:25:00\"|\"time\":\"24:00:00\"",
                "/time|\"time\":\"11:25:00\"|\"time\":\"11:25\"",
                "/time|\"time\":\"11:25:00\"|\"time\":112500",
                "/at|\"at\":\"2020-06-07T11:25:00+09:00\"|\"at\":\"yesterday\"",
                "/side|\"side\":\"BUY\"|\"side\":\"buy\"",
                "/side|\"side\":\"BUY\"|\"side\":0",
                "/type|\"type\":\"1\"|\"type\":\"2\"",
                "/type|\"type\":\"1\"|\"type\":1",
                "/type|\"type\":\"1\"|\"type\":\"LIMIT\"",
                "/price|\"price\":2320.5|\"price\":\"2320.5\"",
                "/price|\"price\":2320.5|\"price\":0",
                "/price|\"price\":2320.5|\"price\":2320.12345",
                "/price|\"price\":2320.5|\"price\":10000000.1",
                "/price|\"price\":2320.5|\"price\":1e999999999",
                "/price|\"price\":2320.5|\"price\":100e2147483647",
                "/price|\"price\":2320.5|\"price\":1e-2147483647",
                "/parts|\"parts\":[{\"quantity\":3}]|\"parts\":{}",
                "/parts/0|\"parts\":[{\"quantity\":3}]|\"parts\":[3]",
                "/parts/0/quantity|\"parts\":[{\"quantity\":3}]|\"parts\":[{\"quantity\":0}]",
                "/parts/0/quantity|\"parts\":[{\"quantity\":3}]|\"parts\":[{}]",
            })
    void onlyTheInvalidFieldIsReported(String pointer, String right, String wrong) {
        assertThat(GOOD).contains(right);

        InvalidInput refusal =
                catchThrowableOfType(InvalidInput.class, () -> json.read(GOOD.replace(right, wrong), Sample.class));

        assertThat(refusal.errors()).extracting(FieldError::pointer).containsOnly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"part\":{\"quantity\":3}}", "{\"part\":{\"quantity\":3},\"note\":null}"})
    void nullableFieldMayBeMissing(String entry) {
        Batch batch = json.read("{\"entries\":[" + entry + "]}", Batch.class);

        assertThat(batch.entries()).containsExactly(new Entry(new Part(3), null));
        assertThat(json.text(batch)).isEqualTo("{\"entries\":[{\"part\":{\"quantity\":3}}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/entries|[]",
                "/entries|[{\"part\":{\"quantity\":3}},{\"part\":{\"quantity\":3}},{\"part\":{\"quantity\":3}}]",
                "/entries/1|[{\"part\":{\"quantity\":3}},null]",
                "/entries/1|[{\"part\":{\"quantity\":3}},[]]",
                "/entries/1/part|[{\"part\":{\"quantity\":3}},{}]",
                "/entries/1/part|[{\"part\":{\"quantity\":3}},{\"part\":3}]",
                "/entries/1/part/quantity|[{\"part\":{\"quantity\":3}},{\"part\":{}}]",
                "/entries/1/part/quantity|[{\"part\":{\"quantity\":3}},{\"part\":{\"quantity\":0}}]",
                "/entries/0/note|[{\"part\":{\"quantity\":3},\"note\":7}]",
            })
    void errorInAnEntryIsReportedWithItsIndex(String pointer, String entries) {
        InvalidInput refusal =
                catchThrowableOfType(InvalidInput.class, () -> json.read("{\"entries\":" + entries + "}", Batch.class));

        assertThat(refusal.errors()).extracting(FieldError::pointer).containsExactly(pointer);
    }

    @Test
    void everyMissingFieldIsReported() {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> json.read("{}", Sample.class));

        assertThat(refusal.errors()).extracting(FieldError::pointer).hasSize(Sample.class.getRecordComponents().length);
        assertThat(refusal.errors()).extracting(FieldError::detail).containsOnly("is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"x\"",
                "nope",
                "{",
                "{\"quantity\":3}}",
                "{\"quantity\":3} x",
                "{\"quantity\":3,\"quantity\":4}",
                "{'quantity':3}",
                "{\"quantity\":03}",
                "{\"quantity\":NaN}",
                "{\"quantity\":1e2147483648}",
                "{\"quantity\":3,\"x\":1e-99999999999999999999}"
            })
    void bodyThatIsNotASingleJsonObjectIsRejected(String body) {
        assertThatThrownBy(() -> json.read(body, Part.class))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.errors())
                                .extracting(FieldError::pointer)
                                .containsExactly(""));
    }

    @Test
    void numberOfReportedErrorsIsLimited() {
        String parts = "{\"parts\":[" + "{},".repeat(50_000) + "{}]}";

        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> json.read(parts, Sample.class));

        assertThat(refusal.errors()).hasSize(100);
    }

    @Test
    void deepNestingIsRejected() {
        String deep = "{\"quantity\":3,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> json.read(deep, Part.class)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f5808080", "e3"})
    void whatIsNoUtf8IsRefused(String bytes) {
        byte[] body = ("{\"quantity\":3,\"x\":\"" + new String(HexFormat.of().parseHex(bytes), ISO_8859_1) + "\"}")
                .getBytes(ISO_8859_1);

        assertThatThrownBy(() -> json.read(body, Part.class)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32"})
    void otherEncodingsAreRejected(String charset) {
        byte[] body = "{\"quantity\":3}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> json.read(body, Part.class)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({"24200.0000,24200", "1E+7,10000000", "2320.50,2320.5", "0.0001,0.0001", "100,100", "-99999999,-99999999"
    })
    void wholeNumberIsWrittenWithoutDecimalPoint(BigDecimal value, String written) {
        assertThat(json.text(value)).isEqualTo(written);
    }
}
