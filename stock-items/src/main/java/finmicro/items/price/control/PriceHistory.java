package finmicro.items.price.control;

import finmicro.common.time.JapanTime;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.PriceMessage.DatePrice;
import finmicro.items.price.entity.TimePrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
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

    /** Stores prices; a later price of the same stock and minute replaces the earlier. */
    public void store(List<PriceMessage> messages) throws SQLException {
        try (Connection connection = master.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            for (PriceMessage message : messages) {
                for (DatePrice day : message.datePrice()) {
                    add(upsert, message.stockCode(), day);
                }
            }
            upsert.executeBatch();
        }
    }

    private static void add(PreparedStatement upsert, String stockCode, DatePrice day) throws SQLException {
        for (PriceMessage.TimePrice minute : day.timePrice()) {
            upsert.setString(1, stockCode);
            upsert.setInt(2, JapanTime.number(day.date()));
            upsert.setString(3, minute.time());
            upsert.setBigDecimal(4, minute.price());
            upsert.addBatch();
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
