package finmicro.system;

import java.util.List;

/**
 * An answer that no valid request may get.
 *
 * @param answer status and body
 * @param log what its task logged since the request was sent
 */
record UnexpectedAnswer(String answer, Log log) {

    private static final int LINES = 40;

    /** The answer, and what the task logged about it: the logs of a build elsewhere are not kept. */
    @Override
    public String toString() {
        return answer + "\n" + String.join("\n", excerpt());
    }

    /** From the failed request on, stack trace included; without one, all warnings and errors. */
    private List<String> excerpt() {
        List<String> lines = log.text().lines().toList();
        List<String> failure = lines.stream()
                .dropWhile(line -> !line.contains("request.failed"))
                .limit(LINES)
                .toList();
        return failure.isEmpty()
                ? lines.stream()
                        .filter(Log.WARNING.asPredicate())
                        .limit(LINES)
                        .toList()
                : failure;
    }
}
