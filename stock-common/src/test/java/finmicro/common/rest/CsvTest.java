package finmicro.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void fileBeginsWithAByteOrderMarkAndTheColumnNames() throws IOException {
        new Csv(file, "a", "b").flush();

        assertThat(file.toByteArray()).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(text()).isEqualTo("a,b\r\n");
    }

    @Test
    void fieldsAreQuotedOnlyIfNecessary() throws IOException {
        assertThat(row("plain", "a,b", "say \"no\"", "two\r\nlines", "円", null, ""))
                .isEqualTo("plain,\"a,b\",\"say \"\"no\"\"\",\"two\r\nlines\",円,,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+81", "-1", "@SUM(A1)", "-", "＝1+1", "＋81", "－1", "＠SUM(A1)"})
    void textThatASpreadsheetEvaluatesIsEscaped(String text) throws IOException {
        assertThat(row(text, text + ",")).isEqualTo("'" + text + ",\"'" + text + ",\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1", "\r\n=1"})
    void formulaAfterABlankIsEscaped(String text) throws IOException {
        assertThat(row(text + ",")).isEqualTo("\"'" + text + ",\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "1-1", "a＝1", "'=1", "ー1", "円"})
    void otherTextIsNotEscaped(String text) throws IOException {
        assertThat(row(text)).isEqualTo(text);
    }

    @Test
    void numbersAreNotEscaped() throws IOException {
        assertThat(row(-24_300L, 0, new BigDecimal("-0.5"))).isEqualTo("-24300,0,-0.5");
    }

    private String row(Object... fields) throws IOException {
        Csv csv = new Csv(file, "header");
        csv.row(fields);
        csv.flush();
        return text().substring("header\r\n".length(), text().length() - "\r\n".length());
    }

    /** Without the byte order mark. */
    private String text() {
        return file.toString(StandardCharsets.UTF_8).substring(1);
    }
}
