package finmicro.common.problem;

/** Refuses a request with a problem; a transaction it passes through is rolled back. */
public class ProblemException extends RuntimeException {

    private final Problem problem;

    /** @param problem the answer */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** The answer. */
    public Problem problem() {
        return problem;
    }
}
