package finmicro.trade.order.control;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.persistence.GroupCommit;
import finmicro.common.problem.Problem;
import finmicro.common.trading.Account;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Accepts an order in a transaction that it shares with concurrent orders. If another transaction has locked its account, the order
 * waits in {@link WaitingOrders}, so that it does not delay orders of other accounts.
 */
@ApplicationScoped
public class OrderIntake {

    private final UncheckedDesk unchecked;
    private final WaitingOrders waiting;
    private final boolean checked;
    private final GroupCommit<NumberedOrder, Acceptance> checkedOrders;
    private final GroupCommit<NumberedOrder, Trade> uncheckedOrders;

    @Inject
    public OrderIntake(
            OrderDesk desk,
            UncheckedDesk unchecked,
            WaitingOrders waiting,
            AccountSettings settings,
            Readiness readiness) {
        this.unchecked = unchecked;
        this.waiting = waiting;
        this.checked = settings.checksBuyingPower();
        this.checkedOrders =
                new GroupCommit<>("commit-orders", readiness, NumberedOrder::context, desk::acceptUnlocked);
        this.uncheckedOrders =
                new GroupCommit<>("commit-unchecked-orders", readiness, NumberedOrder::context, unchecked::accept);
    }

    /**
     * Reserves what the order needs, and accepts it.
     *
     * @return the new trade, or the trade of the earlier order with the same key
     * @throws finmicro.common.problem.ProblemException 422 if the account has insufficient cash or shares, or does not accept
     *     orders; 503 if the account stays locked, or is not taken over yet
     */
    public Trade accept(NumberedOrder order) {
        if (!checked) {
            return acceptUnchecked(order);
        }
        Acceptance outcome = waiting.has(order.account()) ? Acceptance.BUSY : checkedOrders.submit(order);
        return (outcome.isBusy() ? waiting.submit(order) : outcome).orThrow();
    }

    private Trade acceptUnchecked(NumberedOrder order) {
        if (!order.account().equals(Account.MAIN)) {
            throw Problem.unknownAccount(order.account()).exception();
        }
        return order.key() == null ? uncheckedOrders.submit(order) : unchecked.acceptKeyed(order);
    }
}
