package finmicro.trade.order.control;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.persistence.GroupCommit;
import finmicro.common.problem.ProblemException;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.NumberedOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Second stage of accepting orders: the orders of one locked account wait for its lock as a group, separate from all others. */
@ApplicationScoped
public class WaitingOrders {

    /**
     * The group of one account.
     *
     * @param users number of threads that use it; it is removed at 0
     */
    private record Group(GroupCommit<NumberedOrder, Acceptance> commit, int users) {

        Group plus(int count) {
            return new Group(commit, users + count);
        }
    }

    private final OrderDesk desk;
    private final LockWaits waits;
    private final Readiness readiness;
    private final ConcurrentHashMap<String, Group> groups = new ConcurrentHashMap<>();

    @Inject
    public WaitingOrders(OrderDesk desk, LockWaits waits, Readiness readiness) {
        this.desk = desk;
        this.waits = waits;
        this.readiness = readiness;
    }

    /** Whether orders of this account are waiting. If so, a new order joins them, because the account is probably still locked. */
    boolean has(String account) {
        return groups.containsKey(account);
    }

    /** Accepts or refuses the order once its account is free. If that takes too long, the refusal is a 503. */
    Acceptance submit(NumberedOrder order) {
        String account = order.account();
        GroupCommit<NumberedOrder, Acceptance> commit = groups.compute(
                        account, (id, group) -> group == null ? new Group(commit(id), 1) : group.plus(1))
                .commit();
        try {
            return commit.submit(order);
        } finally {
            groups.compute(account, (id, group) -> group.users() == 1 ? null : group.plus(-1));
        }
    }

    private GroupCommit<NumberedOrder, Acceptance> commit(String account) {
        return new GroupCommit<>(
                "commit-waiting-orders", readiness, NumberedOrder::context, orders -> accept(account, orders));
    }

    /** An account that stays locked is an outcome, not a failure: after a failure, the group would retry each order alone. */
    private List<Acceptance> accept(String account, List<NumberedOrder> orders) {
        try {
            return waits.run(account, () -> desk.acceptWaiting(account, orders));
        } catch (ProblemException e) {
            return orders.stream().map(order -> Acceptance.refused(e.problem())).toList();
        }
    }
}
