package finmicro.system;

import java.util.List;

/**
 * A response that no valid request may get.
 *
 * @param answer status and body
 * @param log log of the task since the request was sent
 */
record UnexpectedAnswer(String answer, Log log) {

    private static final int LINES = 40;

    /** The response with an excerpt of the log, because a CI build does not keep logs. */
    @Override
    public String toString() {
        return answer + "\n" + String.join("\n", excerpt());
    }

    /** The log from the failed request on, with its stack trace. Without one, all warnings and errors. */
    private List<String> excerpt() {
        List<String> lines = log.text().lines().toList();
        List<String> failure = lines.stream()
                .dropWhile(line -> !line.contains("request.failed"))
                .limit(LINES)
                .toList();
        return failure.isEmpty()
                ? lines.stream().filter(Log.WARNING.asPredicate()).limit(LINES).toList()
                : failure;
    }
}
