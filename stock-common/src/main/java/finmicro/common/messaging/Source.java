package finmicro.common.messaging;

import finmicro.common.config.Settings;

/**
 * The queue and settings of a consumer.
 *
 * @param queue the queue
 * @param maxMessages maximum messages per receive, 1 to 10
 * @param waitSeconds wait time of a receive (long polling), 0 to 20
 * @param permits maximum batches in flight
 */
public record Source(QueueAddress queue, int maxMessages, int waitSeconds, int permits) {

    /** Reads a consumer's environment variables: {@code <prefix>_MAX_MESSAGES}, {@code <prefix>_POLLING_TIME}. */
    public static Source of(Settings settings, String queue, String prefix) {
        return new Source(
                new QueueAddress(queue),
                settings.whole(prefix + "_MAX_MESSAGES", 10, 1, 10),
                settings.whole(prefix + "_POLLING_TIME", 20, 0, 20),
                settings.whole("POLLER_PERMITS", 2, 1, 16));
    }
}
