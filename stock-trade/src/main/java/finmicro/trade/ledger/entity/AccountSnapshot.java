package finmicro.trade.ledger.entity;

import java.util.List;

/**
 * A snapshot of an account in the ledger: the response of {@code GET /balance/snapshot}.
 *
 * @param cashValue whole yen
 * @param sequence number of the account's last entry in the snapshot
 * @param feedPosition position of the last external booking in the snapshot
 */
public record AccountSnapshot(String account, long cashValue, List<Stock> stocks, long sequence, long feedPosition) {

    /** Shares of one stock; negative if more were sold than held. */
    public record Stock(String stockCode, long stockQuantity) {}
}
