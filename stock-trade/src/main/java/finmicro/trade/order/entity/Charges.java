package finmicro.trade.order.entity;

import finmicro.common.trading.TradeType;

/**
 * What a trade costs beside its amount, in whole yen: the fee by the order's amount, and the tax on the fee.
 *
 * @param fee 1,000 below 250,000 yen, 5,000 below 500,000 yen, else 10,000
 * @param tax a tenth of the fee
 */
public record Charges(long fee, long tax) {

    private static final long SMALL = 250_000;
    private static final long MEDIUM = 500_000;

    /** The charges of an order of that amount in whole yen. */
    public static Charges ofOrder(long amount) {
        long fee = amount < SMALL ? 1_000 : amount < MEDIUM ? 5_000 : 10_000;
        return new Charges(fee, fee / 10);
    }

    /** The amount with the fee: what a BUY costs more, and a SELL brings less. */
    public long withFee(TradeType side, long amount) {
        return plus(side, amount, fee);
    }

    /** The amount with fee and tax. */
    public long withFeeAndTax(TradeType side, long amount) {
        return plus(side, withFee(side, amount), tax);
    }

    private static long plus(TradeType side, long amount, long charge) {
        return side == TradeType.BUY ? amount + charge : amount - charge;
    }
}
