package finmicro.common.rest;

import finmicro.common.json.StrictJson;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A CSV file of records of any length, written in constant memory. Columns and values are the same as in JSON; components that
 * are records are omitted. Records are read page by page, and each page is read completely before it is written: if each page is
 * read in its own transaction, a slow client does not block a database connection.
 *
 * @param name file name without extension
 * @param type the record type, whose components are the columns
 * @param <R> the record type
 */
public record CsvFile<R extends Record>(String name, Class<R> type, Pages<R> pages) {

    /** Number of records per page. */
    public static final int PAGE = 500;

    /** Last line of an incomplete file. */
    static final String INCOMPLETE = "ERROR: this file is not complete. Download it again.";

    private static final System.Logger LOG = Log.of(CsvFile.class);

    /** Reads records by key. */
    @FunctionalInterface
    public interface Pages<R> {

        /**
         * The records after {@code last}.
         *
         * @param last null for the first page
         * @param max page size; fewer records are returned only if there are no more
         */
        List<R> after(R last, int max);
    }

    /**
     * Writes the file; does not close the stream. If a later page cannot be read, the file ends with {@link #INCOMPLETE}, because
     * the server would complete a started response normally even if an exception were thrown.
     *
     * @throws RuntimeException if the first page cannot be read; then nothing is written
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
