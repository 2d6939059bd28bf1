package finmicro.trade.ledger.entity;

import java.util.List;

/**
 * An account in the ledger at one point of its history: the answer to {@code GET /balance/snapshot}.
 *
 * @param cashValue whole yen
 * @param sequence of the account's last entry by then
 * @param feedPosition of the last booking from elsewhere that is in it
 */
public record AccountSnapshot(String account, long cashValue, List<Stock> stocks, long sequence, long feedPosition) {

    /** Shares of one stock; negative if more were sold than held. */
    public record Stock(String stockCode, long stockQuantity) {}
}
