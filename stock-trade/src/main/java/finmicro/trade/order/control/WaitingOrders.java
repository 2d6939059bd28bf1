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

/** The second stage of accepting orders: those of one account wait for its lock together, apart from all others. */
@ApplicationScoped
public class WaitingOrders {

    /** The orders of one account, while there are any. */
    private record Group(GroupCommit<NumberedOrder, Acceptance> commit, int users) {

        Group plus(int more) {
            return new Group(commit, users + more);
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

    /** Whether orders of that account are waiting: others join them, since their account is locked too. */
    boolean has(String account) {
        return groups.containsKey(account);
    }

    /** Accepts or refuses the order when its account is free; with a 503 as the refusal if that takes too long. */
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

    /** An account that stays locked is an outcome, not a failure: after one, each order would be tried alone. */
    private List<Acceptance> accept(String account, List<NumberedOrder> orders) {
        try {
            return waits.run(account, () -> desk.acceptWaiting(account, orders));
        } catch (ProblemException e) {
            return orders.stream().map(order -> Acceptance.refused(e.problem())).toList();
        }
    }
}
