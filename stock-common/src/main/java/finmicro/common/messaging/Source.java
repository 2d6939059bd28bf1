package finmicro.common.messaging;

import finmicro.common.config.Settings;

/**
 * What a consumer polls.
 *
 * @param queue the queue
 * @param maxMessages messages a receive, 1 to 10
 * @param waitSeconds how long a receive waits for a message, 0 to 20
 * @param permits how many batches may be in hand at once
 */
public record Source(QueueAddress queue, int maxMessages, int waitSeconds, int permits) {

    /** Reads a consumer's variables: {@code <prefix>_MAX_MESSAGES}, {@code <prefix>_POLLING_TIME}. */
    public static Source of(Settings settings, String queue, String prefix) {
        return new Source(
                new QueueAddress(queue),
                settings.whole(prefix + "_MAX_MESSAGES", 10, 1, 10),
                settings.whole(prefix + "_POLLING_TIME", 20, 0, 20),
                settings.whole("POLLER_PERMITS", 2, 1, 16));
    }
}
