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

/** Stores prices in DB_HOST_MASTER, and reads them from DB_HOST_READ. */
@ApplicationScoped
public class PriceHistory {

    /** Receives prices one by one, so that a page needs no objects in memory. */
    @FunctionalInterface
    public interface Rows {

        /** @param time HH:mm */
        void row(LocalDate date, String time, BigDecimal price);
    }

    /**
     * Selects prices in the order of time.
     *
     * @param from the first day
     * @param to the last day
     * @param after lower bound, exclusive; null for none
     * @param limit maximum number of prices
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
     * Stores prices. A later price of the same stock and minute replaces the earlier one. Writes the rows in key order, regardless
     * of the order of the messages, so that concurrent batches cannot deadlock.
     */
    public void store(List<PriceMessage> messages) throws SQLException {
        // The sort is stable, so two prices of one minute keep their order.
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

    /** A row of the table. All columns except the price form its key. */
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

    /** Reads the selected prices. */
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
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.row(JapanTime.date(result.getInt(1)), result.getString(2), result.getBigDecimal(3));
                }
            }
        }
    }

    /** Returns the last day up to {@code to} that has a price of the stock. */
    public Optional<LocalDate> latestDay(String stockCode, LocalDate to) throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement(LATEST)) {
            query.setString(1, stockCode);
            query.setInt(2, JapanTime.number(to));
            try (ResultSet result = query.executeQuery()) {
                result.next();
                int date = result.getInt(1);
                return result.wasNull() ? Optional.empty() : Optional.of(JapanTime.date(date));
            }
        }
    }

    /** Returns the time of the last price change, by the clock of the database; the epoch if there is none. */
    public LocalDateTime lastChange() throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT MAX(changed_at) FROM time_prices");
                ResultSet result = query.executeQuery()) {
            result.next();
            LocalDateTime last = result.getObject(1, LocalDateTime.class);
            return last == null ? LocalDateTime.of(1970, 1, 1, 0, 0) : last;
        }
    }

    /** Returns up to {@code limit} prices stored or changed since that time, ordered by the time of change. */
    public List<StoredPrice> changed(LocalDateTime since, int limit) throws SQLException {
        try (Connection connection = read.getConnection();
                PreparedStatement query = connection.prepareStatement(CHANGED)) {
            query.setObject(1, since);
            query.setInt(2, limit);
            List<StoredPrice> prices = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    prices.add(storedPrice(result));
                }
            }
            return prices;
        }
    }

    private static StoredPrice storedPrice(ResultSet row) throws SQLException {
        return new StoredPrice(
                row.getString(1),
                row.getString(2),
                JapanTime.date(row.getInt(3)),
                row.getString(4),
                row.getBigDecimal(5),
                row.getObject(6, LocalDateTime.class));
    }
}
