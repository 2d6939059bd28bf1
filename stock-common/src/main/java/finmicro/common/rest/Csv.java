package finmicro.common.rest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes a CSV file as of RFC 4180, in UTF-8 with a byte order mark, which Excel needs. Text that a spreadsheet would take for a
 * formula gets an apostrophe before it: Excel with a Japanese locale takes the full-width signs for the ASCII ones. Numbers stay
 * as they are. Not thread-safe.
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
     * Begins a file.
     *
     * @param out not closed here
     * @param header the names of the columns
     */
    public Csv(OutputStream out, Object... header) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write(BYTE_ORDER_MARK);
        row(header);
    }

    /** Writes a row. A number is written as it is, null as an empty field, anything else as text. */
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
        String harmless = FORMULA.matcher(text).find() ? "'" + text : text;
        return SPECIAL.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
