package finmicro.common.rest;

import finmicro.common.json.StrictJson;
import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records as a CSV file of any length, in constant memory. It has the columns and values that the records have as JSON; a
 * component that is a record itself is left out. The records are read page by page, and a page is read before it is written:
 * if each is read in a transaction of its own, a slow client holds no connection to the database.
 *
 * @param name of the file, without an ending
 * @param type whose components are the columns
 * @param <R> the type of the records
 */
public record CsvFile<R extends Record>(String name, Class<R> type, Pages<R> pages) {

    /** How many records are read at once. */
    public static final int PAGE = 500;

    /** The last line of a file that could not be read to its end. */
    static final String INCOMPLETE = "ERROR: this file is not complete. Download it again.";

    private static final System.Logger LOG = Log.of(CsvFile.class);

    /** Reads records by key. */
    @FunctionalInterface
    public interface Pages<R> {

        /**
         * The records that follow one of them.
         *
         * @param last null for the first page
         * @param most fewer are returned only if there are no more
         */
        List<R> after(R last, int most);
    }

    /**
     * Writes the whole file; does not close the stream. If another page than the first cannot be read, the file ends with a
     * line that says so: whatever is thrown, the server ends a response that has begun as if it were whole.
     *
     * @throws RuntimeException if the first page cannot be read; nothing is written then
     */
    public void write(OutputStream out) throws IOException {
        List<String> columns = columns();
        List<R> page = pages.after(null, PAGE);
        Csv csv = new Csv(out, columns.toArray());
        write(page, columns, csv);
        while (page.size() == PAGE) {
            try {
                page = pages.after(page.get(PAGE - 1), PAGE);
            } catch (RuntimeException e) {
                report(e);
                csv.row(INCOMPLETE);
                csv.flush();
                return;
            }
            write(page, columns, csv);
        }
    }

    private void report(RuntimeException failure) {
        if (Outages.isOutage(failure)) {
            LOG.log(System.Logger.Level.WARNING, "file.incomplete name={0} reason={1}", name, Outages.reason(failure));
        } else {
            LOG.log(System.Logger.Level.ERROR, "file.incomplete name=" + name, failure);
        }
    }

    private static void write(List<? extends Record> page, List<String> columns, Csv csv) throws IOException {
        for (Record row : page) {
            Map<String, Object> values = StrictJson.tree(row);
            csv.row(columns.stream().map(values::get).toArray());
        }
        csv.flush();
    }

    private List<String> columns() {
        return Stream.of(type.getRecordComponents())
                .filter(component -> !component.getType().isRecord())
                .map(RecordComponent::getName)
                .toList();
    }
}
