package finmicro.trade.operator.control;

import finmicro.common.problem.Problem;

/** Refusals that several operations have in common. */
final class OperatorProblems {

    private OperatorProblems() {}

    static RuntimeException notTakenOver() {
        return Problem.unavailable("The account main is not taken over from stock-balance yet. Try again.")
                .exception();
    }
}
