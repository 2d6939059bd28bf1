package finmicro.common.messaging;

import finmicro.common.json.InvalidInput;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Processes received batches: reads the messages, calls the handler, and settles each message with the queue. A poison message
 * is rejected without affecting the others. During an outage the batch stays in flight and is retried with backoff, until it
 * succeeds or the service drains.
 *
 * @param <T> the record type of a body
 */
final class BatchProcessor<T> {

    private static final System.Logger LOG = Log.of(BatchProcessor.class);

    private final String queue;
    private final MessageHandler<T> handler;
    private final Acknowledger acknowledger;
    /** Batches whose last attempt failed with an outage. */
    private final AtomicInteger delayed = new AtomicInteger();

    BatchProcessor(String queue, MessageHandler<T> handler, Acknowledger acknowledger) {
        this.queue = queue;
        this.handler = handler;
        this.acknowledger = acknowledger;
    }

    /** Whether an outage delays a batch in flight: any other batch would fail too. */
    boolean inOutage() {
        return delayed.get() > 0;
    }

    /** Processes the messages of one receive. Returns when each is settled. */
    void process(List<InboundMessage> messages, WorkerContext worker) {
        InFlightBatch inFlight = new InFlightBatch(acknowledger, messages, System::nanoTime);
        Map<Received<T>, InboundMessage> readable = new LinkedHashMap<>();
        for (InboundMessage message : messages) {
            try {
                T body = handler.read(message.open());
                message.about(handler.tradeNo(body));
                readable.put(new Received<>(body, message.messageId(), message.context()), message);
            } catch (InvalidInput e) {
                inFlight.reject(message, e.getMessage());
            } catch (RuntimeException | Error e) {
                rejectFailed(message, e, inFlight);
            }
        }
        if (!readable.isEmpty()) {
            attempt(readable, inFlight, worker);
        }
    }

    private void attempt(Map<Received<T>, InboundMessage> batch, InFlightBatch inFlight, WorkerContext worker) {
        try {
            Optional<Map<Received<T>, String>> refused = handleThroughOutage(batch, inFlight, worker);
            if (refused.isPresent()) {
                refused.get().forEach((message, reason) -> inFlight.reject(batch.remove(message), reason));
                inFlight.delete(batch.values());
            } else {
                inFlight.release("the service drains during an outage");
            }
        } catch (RuntimeException | Error e) {
            // An Error too, such as a stack overflow: one message must not stop the loop.
            isolate(batch, e, inFlight, worker);
        }
    }

    /** @return the refused messages with their reasons; empty if the service drains before the outage is over */
    private Optional<Map<Received<T>, String>> handleThroughOutage(
            Map<Received<T>, InboundMessage> batch, InFlightBatch inFlight, WorkerContext worker) {
        int failures = 0;
        try {
            while (true) {
                try {
                    return Optional.of(handle(batch));
                } catch (RuntimeException | Error e) {
                    if (!Outages.isOutage(e)) {
                        throw e;
                    }
                    failures++;
                    delay(batch, failures, e, worker);
                    inFlight.extend();
                    if (!worker.backOff(failures)) {
                        return Optional.empty();
                    }
                }
            }
        } finally {
            if (failures > 0 && delayed.decrementAndGet() == 0) {
                worker.reportSuccess();
            }
        }
    }

    private void delay(Map<Received<T>, InboundMessage> batch, int failures, Throwable failure, WorkerContext worker) {
        if (failures == 1) {
            delayed.incrementAndGet();
            batch.values().forEach(message -> message.delayed(Outages.reason(failure)));
        }
        worker.reportFailure(failure);
    }

    private Map<Received<T>, String> handle(Map<Received<T>, InboundMessage> batch) {
        List<Context> contexts = batch.keySet().stream().map(Received::context).toList();
        return Traces.together(contexts)
                .wrapSupplier(() -> handler.handle(List.copyOf(batch.keySet())))
                .get();
    }

    /** Processes the messages one by one, to find the one that makes the batch fail. */
    private void isolate(
            Map<Received<T>, InboundMessage> batch, Throwable e, InFlightBatch inFlight, WorkerContext worker) {
        if (batch.size() == 1) {
            batch.values().forEach(message -> rejectFailed(message, e, inFlight));
            return;
        }
        batch.forEach((received, message) -> {
            if (inFlight.contains(message)) {
                attempt(new LinkedHashMap<>(Map.of(received, message)), inFlight, worker);
            }
        });
    }

    /** An unexpected failure: logs it with its stack trace, and treats the message as poison. */
    private void rejectFailed(InboundMessage message, Throwable e, InFlightBatch inFlight) {
        message.context()
                .wrap(() -> LOG.log(System.Logger.Level.ERROR, "message.failed queue=" + queue, e))
                .run();
        inFlight.reject(message, Outages.reason(e));
    }
}
