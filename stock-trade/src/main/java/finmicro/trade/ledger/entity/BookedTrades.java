package finmicro.trade.ledger.entity;

import java.util.List;

/** The answer to {@code POST /balance/booked}: those of the trades that were booked by then. */
public record BookedTrades(List<Long> tradeNos) {

    /** The maximum number of trades in a question. */
    public static final int MOST = 500;

    /**
     * Which of these trades the ledger had booked by a point of an account's history.
     *
     * @param sequence of the account's last entry by then
     * @param tradeNos 1 to {@link #MOST}
     */
    public record Question(String account, long sequence, List<Long> tradeNos) {}
}
