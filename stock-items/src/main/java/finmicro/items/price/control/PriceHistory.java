package finmicro.items.price.control;

import finmicro.common.time.JapanTime;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.TimePrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The stored prices. */
@ApplicationScoped
public class PriceHistory {

    private static final String UPSERT = "INSERT INTO time_prices (stock_code, date, time, price) VALUES (?, ?, ?, ?)"
            + " ON DUPLICATE KEY UPDATE price = VALUES(price)";

    private final DataSource master;

    @PersistenceContext(unitName = "items")
    private EntityManager entities;

    @Inject
    public PriceHistory(DataSource master) {
        this.master = master;
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

    /** The prices of the days from..to, both included, in the order of time; at most so many. */
    public List<TimePrice> prices(String stockCode, LocalDate from, LocalDate to, int most) {
        return entities.createQuery(
                        "SELECT p FROM TimePrice p WHERE p.stockCode = :code AND p.date BETWEEN :from AND :to"
                                + " ORDER BY p.date, p.time",
                        TimePrice.class)
                .setParameter("code", stockCode)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(most)
                .getResultList();
    }

    /** The newest prices of a stock, the newest first; at most so many. */
    public List<TimePrice> newest(String stockCode, int most) {
        return entities.createQuery(
                        "SELECT p FROM TimePrice p WHERE p.stockCode = :code ORDER BY p.date DESC, p.time DESC",
                        TimePrice.class)
                .setParameter("code", stockCode)
                .setMaxResults(most)
                .getResultList();
    }
}
