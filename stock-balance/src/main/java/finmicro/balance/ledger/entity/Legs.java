package finmicro.balance.ledger.entity;

import finmicro.common.trading.TradeType;

/**
 * The legs of one event: the amounts it adds to the customer and to the counterparties. They sum to zero, in whole yen and in
 * shares.
 *
 * @param tradeNo null unless the event is a settlement
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

    /** The legs of a fill. The customer exchanges shares for cash with the clearing account, and pays fee and tax. */
    public static Legs of(Settlement fill) {
        boolean buy = fill.tradeType() == TradeType.BUY;
        long cash = buy ? -fill.settlementAmount() : fill.settlementAmount();
        long shares = buy ? fill.contractQuantity() : -fill.contractQuantity();
        long clearing = -(cash + fill.fee() + fill.tax());
        return new Legs(fill.tradeNo(), fill.stockCode(), cash, clearing, fill.fee(), fill.tax(), 0, shares, -shares);
    }

    /** The legs of a transfer from the bank; negative for a transfer to the bank. */
    public static Legs cash(long yen) {
        return new Legs(null, null, yen, 0, 0, 0, -yen, 0, 0);
    }

    /**
     * The legs of a change that an old program made without a booking.
     *
     * @param yen against the bank
     * @param stockCode null if no shares are involved
     * @param shares against clearing
     */
    public static Legs adjustment(long yen, String stockCode, long shares) {
        return new Legs(null, stockCode, yen, 0, 0, 0, -yen, shares, -shares);
    }
}
