package finmicro.common.messaging;

import finmicro.common.messaging.SendTelemetry.Sending;
import finmicro.common.problem.Outages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Sends messages batch by batch, each message in a span of its own.
 *
 * @param <E> an entry of a batch call
 */
final class BatchSender<E> {

    /**
     * What a batch call answered.
     *
     * @param taken the server's ids of the messages that it took, by their entry's id
     * @param undelivered those that it did not take, under their entry's id
     */
    record Answer(Map<String, String> taken, List<Undelivered> undelivered) {}

    private final SendTelemetry telemetry;
    private final BiFunction<String, Outgoing, E> entry;
    private final Function<List<E>, Answer> call;

    /**
     * @param entry a batch's entry of an id and its message
     * @param call sends a batch's entries
     */
    BatchSender(SendTelemetry telemetry, BiFunction<String, Outgoing, E> entry, Function<List<E>, Answer> call) {
        this.telemetry = telemetry;
        this.entry = entry;
        this.call = call;
    }

    /** Returns those not taken, under the message's own id. */
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
            Answer answer = answer(entries, sendings);
            answer.taken()
                    .forEach(
                            (index, id) -> sendings.get(Integer.parseInt(index)).taken(id));
            return answer.undelivered().stream()
                    .map(failed -> undelivered(sendings.get(Integer.parseInt(failed.id())), failed))
                    .toList();
        } finally {
            sendings.forEach(Sending::end);
        }
    }

    private Answer answer(List<E> entries, List<Sending> sendings) {
        long began = System.nanoTime();
        try {
            Answer answer = call.apply(entries);
            telemetry.called(began, null);
            return answer;
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
