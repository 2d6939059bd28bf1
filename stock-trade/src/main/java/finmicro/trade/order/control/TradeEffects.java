package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.account.entity.Reservation;
import finmicro.trade.order.entity.Trade;
import java.util.Optional;

/**
 * Applies to an account what happens to a trade of it. The account's row is locked by the caller's transaction, and so is the
 * trade unless it is new. Each outcome is applied once: a trade whose outcome is applied already is left as it is.
 */
public final class TradeEffects {

    private TradeEffects() {}

    /**
     * Reserves what a new trade needs.
     *
     * @return the reason for a refusal; then nothing is reserved
     */
    public static Optional<Problem> tryReserve(LockedAccounts accounts, Trade trade) {
        Reservation need = trade.need();
        Optional<Problem> refusal = accounts.tryReserve(trade.account(), need);
        if (refusal.isEmpty()) {
            trade.reserved(need);
        }
        return refusal;
    }

    /** Reserves what an open trade without an effect needs, be it available or not. */
    public static void reserve(LockedAccounts accounts, Trade trade) {
        if (trade.effect() == AccountEffect.NONE) {
            Reservation need = trade.need();
            accounts.reserve(trade.account(), need);
            trade.reserved(need);
        }
    }

    /** Applies that the trade comes to nothing: a no-match, or a cancel. */
    public static void release(LockedAccounts accounts, Trade trade) {
        fill(accounts, trade, 0, 0);
    }

    /**
     * Applies a fill, and releases what was reserved.
     *
     * @param settlementAmount whole yen that a BUY costs, or a SELL brings
     * @param quantity shares
     */
    public static void fill(LockedAccounts accounts, Trade trade, long settlementAmount, long quantity) {
        if (trade.effect() == AccountEffect.APPLIED) {
            return;
        }
        trade.reservation().ifPresent(reserved -> accounts.release(trade.account(), reserved));
        if (quantity != 0) {
            boolean buy = trade.tradeType() == TradeType.BUY;
            accounts.book(
                    trade.bookingKey(),
                    trade.account(),
                    buy ? -settlementAmount : settlementAmount,
                    trade.stockCode(),
                    buy ? quantity : -quantity);
        }
        trade.applied();
    }
}
