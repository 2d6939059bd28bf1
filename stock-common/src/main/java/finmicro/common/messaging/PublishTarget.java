package finmicro.common.messaging;

import finmicro.common.config.Settings;

/**
 * Where a producer sends.
 *
 * @param mode {@code sqs} or {@code sns}
 * @param address the queue's URL or name, or the topic's ARN
 */
public record PublishTarget(String mode, String address) {

    /** Reads a producer's variables; only the one that the mode needs is required. */
    public static PublishTarget of(Settings settings, String modeVariable, String queueVariable, String topicVariable) {
        String mode = settings.oneOf(modeVariable, "sqs", "sns");
        return new PublishTarget(mode, settings.required("sns".equals(mode) ? topicVariable : queueVariable));
    }
}
