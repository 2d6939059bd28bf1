package finmicro.common.trading;

/** The side of an order; the names are its codes on the wire and in the tables. */
public enum TradeType {
    BUY,
    SELL
}
