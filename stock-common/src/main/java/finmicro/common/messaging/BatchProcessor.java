package finmicro.common.messaging;

import finmicro.common.json.InvalidInput;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Processes received batches: reads the messages, has them handled, and settles each with its queue. Poison is rejected alone.
 * Through an outage a batch stays in hand and is handled again, with growing backoff, until it succeeds or the service drains.
 *
 * @param <T> the record of a body
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

    /** Whether a batch is in hand that an outage delays: any other would fail like it. */
    boolean inOutage() {
        return delayed.get() > 0;
    }

    /** Processes the messages of one receive. Returns when each is settled. */
    void process(List<InboundMessage> messages, WorkerContext worker) {
        BatchInHand inHand = new BatchInHand(acknowledger, messages, System::nanoTime);
        Map<Received<T>, InboundMessage> readable = new LinkedHashMap<>();
        for (InboundMessage message : messages) {
            try {
                T body = handler.read(message.open());
                message.about(handler.tradeNo(body));
                readable.put(new Received<>(body, message.messageId(), message.context()), message);
            } catch (InvalidInput e) {
                inHand.reject(message, e.getMessage());
            } catch (RuntimeException | Error e) {
                fault(message, e, inHand);
            }
        }
        if (!readable.isEmpty()) {
            attempt(readable, inHand, worker);
        }
    }

    private void attempt(Map<Received<T>, InboundMessage> batch, BatchInHand inHand, WorkerContext worker) {
        try {
            Optional<Map<Received<T>, String>> refused = handleThroughOutage(batch, inHand, worker);
            if (refused.isPresent()) {
                refused.get().forEach((message, reason) -> inHand.reject(batch.remove(message), reason));
                inHand.delete(batch.values());
            } else {
                inHand.giveBack("the service drains in an outage");
            }
        } catch (RuntimeException | Error e) {
            // An Error too, a stack overflow say: one message must not end the loop for all the others.
            isolate(batch, e, inHand, worker);
        }
    }

    /** @return the refused messages with their reasons; empty if the service drains before the outage is over */
    private Optional<Map<Received<T>, String>> handleThroughOutage(
            Map<Received<T>, InboundMessage> batch, BatchInHand inHand, WorkerContext worker) {
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
                    inHand.extend();
                    if (!worker.backOff(failures)) {
                        return Optional.empty();
                    }
                }
            }
        } finally {
            if (failures > 0 && delayed.decrementAndGet() == 0) {
                worker.answered();
            }
        }
    }

    private void delay(Map<Received<T>, InboundMessage> batch, int failures, Throwable failure, WorkerContext worker) {
        if (failures == 1) {
            delayed.incrementAndGet();
            batch.values().forEach(message -> message.delayed(Outages.reason(failure)));
        }
        worker.failed(failure);
    }

    private Map<Received<T>, String> handle(Map<Received<T>, InboundMessage> batch) {
        List<Context> contexts = batch.keySet().stream().map(Received::context).toList();
        return Traces.together(contexts)
                .wrapSupplier(() -> handler.handle(List.copyOf(batch.keySet())))
                .get();
    }

    /** Finds the message that makes the whole batch fail. */
    private void isolate(
            Map<Received<T>, InboundMessage> batch, Throwable e, BatchInHand inHand, WorkerContext worker) {
        if (batch.size() == 1) {
            batch.values().forEach(message -> fault(message, e, inHand));
            return;
        }
        batch.forEach((received, message) -> {
            if (inHand.contains(message)) {
                attempt(new LinkedHashMap<>(Map.of(received, message)), inHand, worker);
            }
        });
    }

    /** Nobody foresaw it: the message is treated as poison, and the fault is logged with all that is known. */
    private void fault(InboundMessage message, Throwable e, BatchInHand inHand) {
        message.context()
                .wrap(() -> LOG.log(System.Logger.Level.ERROR, "message.failed queue=" + queue, e))
                .run();
        inHand.reject(message, Outages.reason(e));
    }
}
