package finmicro.trade.ledger.entity;

import java.util.List;

/** The response of {@code POST /balance/booked}: the trades that were booked. */
public record BookedTrades(List<Long> tradeNos) {

    /** The maximum number of trades in a request. */
    public static final int MAX_TRADES = 500;

    /**
     * Asks which of these trades the ledger had booked up to an entry of the account.
     *
     * @param sequence the number of that entry
     * @param tradeNos 1 to {@link #MAX_TRADES}
     */
    public record Question(String account, long sequence, List<Long> tradeNos) {}
}
