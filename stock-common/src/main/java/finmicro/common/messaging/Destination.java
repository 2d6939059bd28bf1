package finmicro.common.messaging;

import finmicro.common.config.Settings;

/**
 * Where a producer sends.
 *
 * @param mode {@code sqs} or {@code sns}
 * @param address the queue's URL or name, or the topic's ARN
 */
public record Destination(String mode, String address) {

    /** Reads a producer's variables; only the one that the mode needs is required. */
    public static Destination of(Settings settings, String modeVariable, String queueVariable, String topicVariable) {
        String mode = settings.oneOf(modeVariable, "sqs", "sns");
        return new Destination(mode, settings.required("sns".equals(mode) ? topicVariable : queueVariable));
    }
}
