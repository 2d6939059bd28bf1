package finmicro.trade.operator.control;

import finmicro.common.problem.Problem;

/** Problems shared by several operations. */
final class OperatorProblems {

    private OperatorProblems() {}

    static RuntimeException notTakenOver() {
        return Problem.unavailable("The account main has not been taken over from stock-balance yet. Try again.")
                .exception();
    }
}
