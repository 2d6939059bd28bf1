package finmicro.items.attribute.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A stock that can be traded. */
@Entity
@Table(name = "attributes")
public class StockAttribute {

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "stock_name")
    private String stockName;

    @ManyToOne
    @JoinColumn(name = "industry_code")
    private Industry industry;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected StockAttribute() {}

    public String stockCode() {
        return stockCode;
    }

    public String stockName() {
        return stockName;
    }

    public Industry industry() {
        return industry;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }
}
