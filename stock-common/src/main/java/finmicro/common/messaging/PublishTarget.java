package finmicro.common.messaging;

import finmicro.common.config.Settings;

/**
 * The destination of a producer.
 *
 * @param mode {@code sqs} or {@code sns}
 * @param address the queue's URL or name, or the topic's ARN
 */
public record PublishTarget(String mode, String address) {

    /** Reads a producer's environment variables; only the address for its mode is required. */
    public static PublishTarget of(Settings settings, String modeVariable, String queueVariable, String topicVariable) {
        String mode = settings.oneOf(modeVariable, "sqs", "sns");
        return new PublishTarget(mode, settings.required("sns".equals(mode) ? topicVariable : queueVariable));
    }
}
