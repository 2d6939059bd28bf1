package finmicro.common.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.trading.OrderType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    /** A row with a nested record, which is not written. */
    private record Row(
            long number, LocalDate day, LocalTime time, OrderType type, BigDecimal price, String text, Part part) {}

    private record Part(int one) {}

    @Test
    void valuesAreTheSameAsInJson() throws IOException {
        assertThat(lines(List.of(row(-5, "2320.0000", null), row(6, "0.0001", "=1"), row(7, "10000000", "a,b"))))
                .containsExactly(
                        "\uFEFFnumber,day,time,type,price,text",
                        "-5,20200607,11:25:00,1,2320,",
                        "6,20200607,11:25:00,1,0.0001,'=1",
                        "7,20200607,11:25:00,1,10000000,\"a,b\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CsvFile.PAGE - 1, CsvFile.PAGE, CsvFile.PAGE + 1, 3 * CsvFile.PAGE})
    void eachRowIsInTheFileOnce(int rows) throws IOException {
        List<Row> all = LongStream.range(0, rows)
                .mapToObj(number -> row(number, "1", null))
                .toList();

        assertThat(lines(all).stream().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(
                        all.stream().map(row -> Long.toString(row.number())).toList());
    }

    @Test
    void incompleteFileEndsWithAnError() throws IOException {
        List<Row> page = LongStream.range(0, CsvFile.PAGE)
                .mapToObj(number -> row(number, "1", null))
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new CsvFile<>("rows", Row.class, (last, most) -> last == null ? page : fail()).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1 + CsvFile.PAGE + 1)
                .last()
                .isEqualTo("ERROR: this file is not complete. Download it again.");
    }

    @Test
    void nothingIsWrittenIfNothingCanBeRead() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> new CsvFile<>("rows", Row.class, (last, most) -> fail()).write(out))
                .hasMessage("no database");
        assertThat(out.size()).isZero();
    }

    private static List<Row> fail() {
        throw new IllegalStateException("no database");
    }

    private static List<String> lines(List<Row> rows) throws IOException {
        CsvFile<Row> file = new CsvFile<>(
                "rows",
                Row.class,
                (last, most) -> rows.stream()
                        .skip(last == null ? 0 : rows.indexOf(last) + 1)
                        .limit(most)
                        .toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Row row(long number, String price, String text) {
        return new Row(
                number,
                LocalDate.of(2020, 6, 7),
                LocalTime.of(11, 25),
                OrderType.LIMIT,
                new BigDecimal(price),
                text,
                new Part(1));
    }
}
