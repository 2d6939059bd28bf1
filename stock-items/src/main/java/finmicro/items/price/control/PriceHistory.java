package finmicro.items.price.control;

import finmicro.common.time.JapanTime;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.StoredPrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The stored prices. Read from DB_HOST_READ, written to DB_HOST_MASTER. */
@ApplicationScoped
public class PriceHistory {

    /** Takes prices one by one, so that a page of them is never held as objects. */
    @FunctionalInterface
    public interface Rows {

        /** @param time HH:mm */
        void row(LocalDate date, String time, BigDecimal price);
    }

    /**
     * Which prices, in the order of time.
     *
     * @param from the first day
     * @param to the last day
     * @param after only prices later than that; null for all of these days
     * @param limit at most so many
     */
    public record Selection(String stockCode, LocalDate from, LocalDate to, PricePosition after, int limit) {}

    private static final String UPSERT = "INSERT INTO time_prices (stock_code, date, time, price) VALUES (?, ?, ?, ?)"
            + " ON DUPLICATE KEY UPDATE price = VALUES(price)";

    private static final String PAGE = "SELECT date, time, price FROM time_prices WHERE stock_code = ?"
            + " AND date BETWEEN ? AND ? AND (date > ? OR time > ?) ORDER BY date, time LIMIT ?";

    private static final String LATEST = "SELECT MAX(date) FROM time_prices WHERE stock_code = ? AND date <= ?";

    private static final String CHANGED =
            "SELECT stock_code, stock_name, date, time, price, changed_at FROM time_prices"
                    + " JOIN attributes USING (stock_code) WHERE changed_at >= ? ORDER BY changed_at LIMIT ?";

    private final DataSource master;
    private final DataSource read;

    @Inject
    public PriceHistory(DataSource master, @ForReading DataSource read) {
        this.master = master;
        this.read = read;
    }

    /**
     * Stores prices; a later price of the same stock and minute replaces the earlier. All rows are written in one order, whatever
     * their order in the messages, so that two batches at once never wait for each other.
     */
    public void store(List<PriceMessage> messages) throws SQLException {
        // The sort is stable: of two prices of one minute the later stays the later.
        List<Row> rows = messages.stream().flatMap(Row::of).sorted(Row.ORDER).toList();
        try (Connection connection = master.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            for (Row row : rows) {
                upsert.setString(1, row.stockCode);
                upsert.setInt(2, row.date);
                upsert.setString(3, row.time);
                upsert.setBigDecimal(4, row.price);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** A row of the table; its key is all but the price. */
    private record Row(String stockCode, int date, String time, BigDecimal price) {

        static final Comparator<Row> ORDER =
                Comparator.comparing(Row::stockCode).thenComparing(Row::date).thenComparing(Row::time);

        static Stream<Row> of(PriceMessage message) {
            return message.datePrice().stream()
                    .flatMap(day -> day.timePrice().stream()
                            .map(minute -> new Row(
                                    message.stockCode(), JapanTime.number(day.date()), minute.time(), minute.price())));
        }
    }

    /** Reads prices. */
    public void read(Selection selection, Rows rows) throws SQLException {
        PricePosition after = selection.after();
        LocalDate from = after == null ? selection.from() : after.date();
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement(PAGE)) {
            query.setString(1, selection.stockCode());
            query.setInt(2, JapanTime.number(from));
            query.setInt(3, JapanTime.number(selection.to()));
            query.setInt(4, after == null ? 0 : JapanTime.number(from));
            query.setString(5, after == null ? "" : after.time());
            query.setInt(6, selection.limit());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.row(JapanTime.date(found.getInt(1)), found.getString(2), found.getBigDecimal(3));
                }
            }
        }
    }

    /** The last day up to that one on which the stock has a price. */
    public Optional<LocalDate> latestDay(String stockCode, LocalDate to) throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement(LATEST)) {
            query.setString(1, stockCode);
            query.setInt(2, JapanTime.number(to));
            try (ResultSet found = query.executeQuery()) {
                found.next();
                int date = found.getInt(1);
                return found.wasNull() ? Optional.empty() : Optional.of(JapanTime.date(date));
            }
        }
    }

    /** When a price was changed last, by the clock of the database; the epoch if there is none. */
    public LocalDateTime lastChange() throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT MAX(changed_at) FROM time_prices");
                ResultSet found = query.executeQuery()) {
            found.next();
            LocalDateTime last = found.getObject(1, LocalDateTime.class);
            return last == null ? LocalDateTime.of(1970, 1, 1, 0, 0) : last;
        }
    }

    /** The prices that were stored or changed since then, the older change first; at most so many. */
    public List<StoredPrice> changed(LocalDateTime since, int limit) throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement(CHANGED)) {
            query.setObject(1, since);
            query.setInt(2, limit);
            List<StoredPrice> prices = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    prices.add(stored(found));
                }
            }
            return prices;
        }
    }

    private static StoredPrice stored(ResultSet row) throws SQLException {
        return new StoredPrice(
                row.getString(1),
                row.getString(2),
                JapanTime.date(row.getInt(3)),
                row.getString(4),
                row.getBigDecimal(5),
                row.getObject(6, LocalDateTime.class));
    }
}
