package finmicro.items.price.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The price of a stock in one minute. */
@Entity
@Table(name = "time_prices")
@IdClass(TimePrice.Key.class)
public class TimePrice {

    /** One price a stock and minute. */
    public record Key(String stockCode, LocalDate date, String time) {}

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    @Id
    private LocalDate date;

    @Id
    private String time;

    private BigDecimal price;

    protected TimePrice() {}

    public LocalDate date() {
        return date;
    }

    /** HH:mm. */
    public String time() {
        return time;
    }

    /** Yen. */
    public BigDecimal price() {
        return price;
    }
}
