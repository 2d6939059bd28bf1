package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.account.entity.Reservation;
import finmicro.trade.order.entity.Trade;
import java.util.Optional;

/**
 * Applies the effects of a trade to its account. The caller's transaction has locked the account's row, and the trade unless it is
 * new. Idempotent: an outcome that is already applied is not applied again.
 */
public final class TradeEffects {

    private TradeEffects() {}

    /**
     * Reserves the cash and shares that a new trade needs, if they are available.
     *
     * @return the reason for a refusal, in which case nothing is reserved
     */
    public static Optional<Problem> tryReserve(LockedAccounts accounts, Trade trade) {
        Reservation need = trade.need();
        Optional<Problem> refusal = accounts.tryReserve(trade.account(), need);
        if (refusal.isEmpty()) {
            trade.reserved(need);
        }
        return refusal;
    }

    /** Reserves the cash and shares that an open trade without an effect needs, even if they are not available. */
    public static void reserve(LockedAccounts accounts, Trade trade) {
        if (trade.effect() == AccountEffect.NONE) {
            Reservation need = trade.need();
            accounts.reserve(trade.account(), need);
            trade.reserved(need);
        }
    }

    /** Releases the reservation of a trade that was not filled or was cancelled. */
    public static void release(LockedAccounts accounts, Trade trade) {
        fill(accounts, trade, 0, 0);
    }

    /**
     * Applies a fill, and releases the reservation.
     *
     * @param settlementAmount the cost of a BUY or the proceeds of a SELL, in whole yen
     * @param quantity the number of shares
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
