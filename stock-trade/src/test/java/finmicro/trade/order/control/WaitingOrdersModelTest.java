package finmicro.trade.order.control;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.problem.Problem;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.NumberedOrder;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks with Lincheck the interleavings of orders that wait for their accounts, one of which stays locked: a few in each build,
 * many with {@code -Pchaos}. An order without an outcome is a failure.
 */
@Tag("chaos")
class WaitingOrdersModelTest {

    private static final String LOCKED = "locked";
    private static final String FREE = "free";

    private static final Problem BUSY = Problem.unavailable("busy");

    /** A distinct outcome for each order, to identify it. */
    private static final List<Acceptance> OUTCOMES = IntStream.range(0, 8)
            .mapToObj(i -> Acceptance.refused(Problem.unavailable("outcome " + i)))
            .toList();

    /** Accepts orders of accounts that are not locked. */
    private static final class Desk extends OrderDesk {

        private final List<Integer> accepted = new ArrayList<>();

        private Desk() {
            super(null, null, null, null, null);
        }

        @Override
        public List<Acceptance> acceptWaiting(String account, List<NumberedOrder> orders) {
            if (account.equals(LOCKED)) {
                throw BUSY.exception();
            }
            List<Acceptance> outcomes = new ArrayList<>();
            for (NumberedOrder order : orders) {
                outcomes.add(outcome(order));
            }
            return outcomes;
        }

        private synchronized Acceptance outcome(NumberedOrder order) {
            if (!order.account().equals(FREE)) {
                throw new AssertionError("an order of another account");
            }
            accepted.add((int) order.tradeNo());
            return OUTCOMES.get((int) order.tradeNo());
        }
    }

    /** Orders of two accounts. */
    @Param(name = "locked", gen = BooleanGen.class)
    public static class Orders {

        private final Desk desk = new Desk();
        private final WaitingOrders waiting = new WaitingOrders(desk, new LockWaits(), new Readiness(() -> 0));
        private final List<Integer> returned = new ArrayList<>();
        private int placed;

        @Operation
        public void place(boolean locked) {
            int number = number();
            String account = locked ? LOCKED : FREE;
            Acceptance outcome = waiting.submit(new NumberedOrder(number, account, null, null, Context.root()));
            if (!locked && outcome == OUTCOMES.get(number)) {
                returned(number);
            } else if (!locked || outcome.refusal().status() != 503) {
                throw new AssertionError("another order's outcome");
            }
        }

        private synchronized int number() {
            return placed++;
        }

        private synchronized void returned(int number) {
            returned.add(number);
        }

        /** Each order of the free account is accepted once, and no group remains. */
        @Validate
        public void eachIsAcceptedOnce() {
            if (desk.accepted.size() != returned.size() || !desk.accepted.containsAll(returned)) {
                throw new AssertionError("accepted " + desk.accepted + " returned " + returned);
            }
            if (waiting.has(FREE) || waiting.has(LOCKED)) {
                throw new AssertionError("a group remains");
            }
        }
    }

    @Test
    void eachOrderGetsItsOutcomeOnceInAnyInterleaving() {
        boolean isLong = "long".equals(System.getProperty("chaos"));
        new ModelCheckingOptions()
                .iterations(isLong ? 10 : 1)
                .invocationsPerIteration(isLong ? 1_000 : 40)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                // Irrelevant classes would multiply the interleavings.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                "finmicro.common.telemetry.Traces",
                                "finmicro.common.lifecycle.Readiness",
                                "finmicro.common.outage.Outages",
                                "finmicro.common.problem.Problem")
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("java.util.ArrayDeque", "java.util.ArrayList")
                        .allMethods()
                        .treatAsAtomic())
                .verifier(EpsilonVerifier.class)
                .check(Orders.class);
    }
}
