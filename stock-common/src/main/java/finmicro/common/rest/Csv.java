package finmicro.common.rest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes a CSV file (RFC 4180) in UTF-8 with a byte order mark, which Excel needs. Escapes text that a spreadsheet would evaluate
 * as a formula with an apostrophe, including full-width signs, which Excel with a Japanese locale treats like ASCII. Numbers are
 * not escaped. Not thread-safe.
 */
public final class Csv {

    /** The media type. */
    public static final String MEDIA_TYPE = "text/csv";

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String LINE_END = "\r\n";
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@＝＋－＠\\t\\r\\n]");
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    private final Writer out;

    /**
     * Starts a file.
     *
     * @param out not closed by this class
     * @param header the column names
     */
    public Csv(OutputStream out, Object... header) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write(BYTE_ORDER_MARK);
        row(header);
    }

    /** Writes a row. Numbers are written unescaped, null as an empty field, anything else as text. */
    public void row(Object... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(field(fields[i]));
        }
        out.write(LINE_END);
    }

    /** Sends the rows so far. */
    public void flush() throws IOException {
        out.flush();
    }

    private static String field(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof Number) {
            return text;
        }
        String escaped = FORMULA.matcher(text).find() ? "'" + text : text;
        return SPECIAL.matcher(escaped).find() ? '"' + escaped.replace("\"", "\"\"") + '"' : escaped;
    }
}
