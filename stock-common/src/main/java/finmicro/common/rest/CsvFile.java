package finmicro.common.rest;

import finmicro.common.json.StrictJson;
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

    /** Writes the whole file; does not close the stream. */
    public void write(OutputStream out) throws IOException {
        List<String> columns = columns();
        Csv csv = new Csv(out, columns.toArray());
        R last = null;
        List<R> page;
        do {
            page = pages.after(last, PAGE);
            for (R row : page) {
                Map<String, Object> values = StrictJson.tree(row);
                csv.row(columns.stream().map(values::get).toArray());
                last = row;
            }
            csv.flush();
        } while (page.size() == PAGE);
    }

    private List<String> columns() {
        return Stream.of(type.getRecordComponents())
                .filter(component -> !component.getType().isRecord())
                .map(RecordComponent::getName)
                .toList();
    }
}
