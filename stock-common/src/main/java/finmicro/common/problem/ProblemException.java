package finmicro.common.problem;

/** Refuses a request with a problem, and rolls back the current transaction. */
public class ProblemException extends RuntimeException {

    private final Problem problem;

    /** @param problem the response */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** The response. */
    public Problem problem() {
        return problem;
    }
}
