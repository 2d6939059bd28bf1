package finmicro.trade.account.entity;

/**
 * Cash or shares that an open order reserves on its account.
 *
 * @param cash whole yen: the maximum cost of a BUY; for a SELL, the maximum by which fee and tax exceed its proceeds
 * @param quantity shares to sell; 0 for a BUY
 */
public record Reservation(String stockCode, long cash, long quantity) {}
