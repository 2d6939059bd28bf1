package finmicro.trade.order.entity;

import finmicro.common.trading.TradeType;

/**
 * The charges of a trade, in whole yen: the fee depends on the amount of the order, and the tax on the fee.
 *
 * @param fee 1,000 below 250,000 yen, 5,000 below 500,000 yen, else 10,000
 * @param tax a tenth of the fee
 */
public record Charges(long fee, long tax) {

    private static final long SMALL = 250_000;
    private static final long MEDIUM = 500_000;

    /** The charges of an order of this amount, in whole yen. */
    public static Charges ofOrder(long amount) {
        long fee = amount < SMALL ? 1_000 : amount < MEDIUM ? 5_000 : 10_000;
        return new Charges(fee, fee / 10);
    }

    /** The amount including the fee, which raises the cost of a BUY and reduces the proceeds of a SELL. */
    public long withFee(TradeType side, long amount) {
        return plus(side, amount, fee);
    }

    /** The amount including fee and tax. */
    public long withFeeAndTax(TradeType side, long amount) {
        return plus(side, withFee(side, amount), tax);
    }

    private static long plus(TradeType side, long amount, long charge) {
        return side == TradeType.BUY ? amount + charge : amount - charge;
    }
}
