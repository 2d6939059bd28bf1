package finmicro.trade.account.entity;

/**
 * Cash or shares that an open order reserves on its account.
 *
 * @param cash whole yen: the most that a BUY can cost; for a SELL, the amount by which fee and tax can exceed its proceeds
 * @param quantity shares to sell; 0 for a BUY
 */
public record Reservation(String stockCode, long cash, long quantity) {}
