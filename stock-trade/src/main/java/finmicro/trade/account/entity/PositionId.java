package finmicro.trade.account.entity;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of a position. JPA requires this class. */
public class PositionId implements Serializable {

    private static final long serialVersionUID = 1;

    private String account;
    private String stockCode;

    protected PositionId() {}

    public PositionId(String account, String stockCode) {
        this.account = account;
        this.stockCode = stockCode;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PositionId that
                && Objects.equals(account, that.account)
                && Objects.equals(stockCode, that.stockCode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, stockCode);
    }
}
