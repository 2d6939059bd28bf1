package finmicro.balance.ledger.entity;

import finmicro.common.trading.TradeType;

/**
 * The legs of one event: what it adds to the customer, and what the counterparts give or take for it. They sum to zero, in
 * whole yen and in shares.
 *
 * @param tradeNo null unless a fill is settled
 * @param stockCode null if no shares are involved
 */
public record Legs(
        Long tradeNo,
        String stockCode,
        long customerCash,
        long clearingCash,
        long feeCash,
        long taxCash,
        long bankCash,
        long customerShares,
        long clearingShares) {

    /** A fill. What the customer pays beyond fee and tax goes to clearing, and the shares come from there. */
    public static Legs of(Settlement trade) {
        boolean buy = trade.tradeType() == TradeType.BUY;
        long cash = buy ? -trade.settlementAmount() : trade.settlementAmount();
        long shares = buy ? trade.contractQuantity() : -trade.contractQuantity();
        long clearing = -(cash + trade.fee() + trade.tax());
        return new Legs(
                trade.tradeNo(), trade.stockCode(), cash, clearing, trade.fee(), trade.tax(), 0, shares, -shares);
    }

    /** Yen from the bank; below 0 to the bank. */
    public static Legs cash(long yen) {
        return new Legs(null, null, yen, 0, 0, 0, -yen, 0, 0);
    }

    /**
     * A change that nobody booked.
     *
     * @param yen against the bank
     * @param stockCode null if no shares are involved
     * @param shares against clearing
     */
    public static Legs adjustment(long yen, String stockCode, long shares) {
        return new Legs(null, stockCode, yen, 0, 0, 0, -yen, shares, -shares);
    }
}
