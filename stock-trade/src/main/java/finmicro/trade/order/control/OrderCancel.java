package finmicro.trade.order.control;

import finmicro.common.access.AccountScope;
import finmicro.common.problem.Problem;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.account.control.LockWaits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Cancels open orders. */
@ApplicationScoped
public class OrderCancel {

    private final Cancellation cancellation;
    private final LockWaits waits;
    private final boolean checked;

    @Inject
    public OrderCancel(Cancellation cancellation, LockWaits waits, AccountSettings settings) {
        this.cancellation = cancellation;
        this.waits = waits;
        this.checked = settings.checksBuyingPower();
    }

    /**
     * Cancels an open order and releases its reservation. A later fill has no effect.
     *
     * @param scope the accounts whose orders the caller may cancel
     * @throws finmicro.common.problem.ProblemException 404 if there is no such trade in that scope, 409 if it is no longer open,
     *     503 if its account stays locked
     */
    public void cancel(long tradeNo, AccountScope scope) {
        String account = cancellation
                .account(tradeNo)
                .filter(scope::covers)
                .orElseThrow(() -> Problem.noTrade(tradeNo).exception());
        if (!checked) {
            cancellation.cancelUnchecked(tradeNo);
        } else if (waits.isWaiting(account) || !cancellation.cancelUnlocked(tradeNo, account)) {
            waits.run(account, () -> {
                cancellation.cancelWaiting(tradeNo, account);
                return null;
            });
        }
    }
}
