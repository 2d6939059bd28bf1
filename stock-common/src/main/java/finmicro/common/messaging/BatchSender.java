package finmicro.common.messaging;

import finmicro.common.messaging.SendTelemetry.Sending;
import finmicro.common.outage.Outages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Sends messages in batches, with one span per message.
 *
 * @param <E> the entry type of a batch call
 */
final class BatchSender<E> {

    /**
     * Result of a batch call.
     *
     * @param accepted the server's message IDs of the accepted entries, by entry ID
     * @param undelivered the rejected entries, by entry ID
     */
    record Result(Map<String, String> accepted, List<Undelivered> undelivered) {}

    private final SendTelemetry telemetry;
    private final BiFunction<String, Outgoing, E> entry;
    private final Function<List<E>, Result> call;

    /**
     * @param entry creates a batch entry from its ID and message
     * @param call sends the entries of a batch
     */
    BatchSender(SendTelemetry telemetry, BiFunction<String, Outgoing, E> entry, Function<List<E>, Result> call) {
        this.telemetry = telemetry;
        this.entry = entry;
        this.call = call;
    }

    /** Returns the rejected messages, by message ID. */
    List<Undelivered> send(List<Outgoing> messages) {
        List<Undelivered> undelivered = new ArrayList<>();
        for (List<Outgoing> batch : Batches.of(messages)) {
            undelivered.addAll(sendBatch(batch));
        }
        return undelivered;
    }

    private List<Undelivered> sendBatch(List<Outgoing> batch) {
        List<Sending> sendings = batch.stream().map(telemetry::begin).toList();
        try {
            List<E> entries = Batches.indexed(sendings, (index, sending) -> entry.apply(index, sending.message()));
            Result result = call(entries, sendings);
            result.accepted()
                    .forEach(
                            (index, id) -> sendings.get(Integer.parseInt(index)).accepted(id));
            return result.undelivered().stream()
                    .map(failed -> undelivered(sendings.get(Integer.parseInt(failed.id())), failed))
                    .toList();
        } finally {
            sendings.forEach(Sending::end);
        }
    }

    private Result call(List<E> entries, List<Sending> sendings) {
        long began = System.nanoTime();
        try {
            Result result = call.apply(entries);
            telemetry.called(began, null);
            return result;
        } catch (RuntimeException e) {
            String type = e.getClass().getName();
            sendings.forEach(sending -> sending.failed(type, Outages.reason(e)));
            telemetry.called(began, type);
            throw e;
        }
    }

    private static Undelivered undelivered(Sending sending, Undelivered failed) {
        sending.failed(failed.refused() ? "refused" : "again", failed.reason());
        return new Undelivered(sending.message().id(), failed.cause(), failed.reason());
    }
}
