package finmicro.common.messaging;

import finmicro.common.json.InvalidInput;
import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Polls one queue for ever. Leader and followers: of {@link Source#permits()} threads one at a time waits for messages;
 * when it has some it leaves the wait to the next and handles them itself. So an idle queue costs one long poll, and no
 * more batches are in hand than there are permits.
 *
 * <p>A message is deleted only after its effect is committed; everything else makes it visible again. Poison is given
 * back alone, for the dead-letter queue to take in the end. In an outage the batch is given back, and nothing is
 * received until the handler's probe succeeds: an outage costs a message one receive.
 *
 * @param <T> the record of a body
 */
public final class QueuePoller<T> implements Worker {

    private static final System.Logger LOG = Log.of(QueuePoller.class);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    /** How long messages of a stream are left to gather for the next receive. */
    private static final Duration GATHER = Duration.ofMillis(30);

    private final Source source;
    private final PolledQueue queue;
    private final MessageHandler<T> handler;
    private final ReceiveTelemetry telemetry;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicInteger inHand = new AtomicInteger();
    /** Of whoever has the turn. */
    private final Flow flow = new Flow();

    private volatile boolean outage;

    /** @param receiver a client of the poller's own, which it closes when it drains */
    QueuePoller(
            SqsClient sqs, SqsClient receiver, Source source, MessageHandler<T> handler, OpenTelemetry openTelemetry) {
        this.source = source;
        this.telemetry = new ReceiveTelemetry(openTelemetry, source.queue().name());
        this.queue = new PolledQueue(sqs, receiver, source, telemetry);
        this.handler = handler;
        LOG.log(
                System.Logger.Level.INFO,
                "poller.start queue={0} region={1} max={2} wait={3}s permits={4}",
                source.queue(),
                sqs.serviceClientConfiguration().region(),
                source.maxMessages(),
                source.waitSeconds(),
                source.permits());
    }

    @Override
    public String name() {
        return source.queue().name();
    }

    @Override
    public int threads() {
        return source.permits();
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public void drain() {
        endWait();
    }

    /**
     * Ends the wait for messages, but not while a batch is in hand: should that be given back, the queue hands it to the
     * receive that waits, and one that was broken off would keep it from everyone until the visibility time-out. For the
     * same reason a receive that is about to be answered gets its moment.
     */
    private void endWait() {
        if (inHand.get() == 0 && !turnIsFree()) {
            queue.stop();
        }
    }

    private boolean turnIsFree() {
        try {
            if (turn.tryLock(MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
                turn.unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void run(Pulse pulse) {
        while (pulse.running()) {
            List<Delivery> messages = next(pulse);
            if (pulse.running()) {
                work(messages, pulse);
            } else {
                queue.giveBack(messages);
            }
        }
    }

    private void work(List<Delivery> messages, Pulse pulse) {
        inHand.incrementAndGet();
        telemetry.permits(1);
        try {
            process(messages, pulse);
        } finally {
            inHand.decrementAndGet();
            telemetry.permits(-1);
            if (!pulse.running()) {
                endWait();
            }
        }
    }

    /** Waits for its turn, for the end of an outage, and for messages; none when the service drains. */
    private List<Delivery> next(Pulse pulse) {
        pulse.resting();
        turn.lock();
        try {
            gather(pulse);
            return probed(pulse) ? receive(pulse) : List.of();
        } finally {
            turn.unlock();
        }
    }

    /**
     * Where messages come in a stream that fills no receive, the next one begins a moment later: a batch costs three requests and
     * a transaction, however small. A message alone waits for nobody.
     */
    private void gather(Pulse pulse) {
        if (flow.isStream() && flow.last() < source.maxMessages()) {
            pulse.pause(GATHER);
        }
    }

    private boolean probed(Pulse pulse) {
        for (int failures = 1; outage && pulse.running(); failures++) {
            try {
                handler.probe();
                outage = false;
            } catch (Exception e) {
                pulse.failed(e);
                pulse.backOff(failures);
            }
        }
        return pulse.running();
    }

    private List<Delivery> receive(Pulse pulse) {
        for (int failures = 1; pulse.running(); failures++) {
            try {
                List<Delivery> messages = queue.receive();
                flow.add(messages.size());
                pulse.answered();
                return messages;
            } catch (RuntimeException e) {
                pulse.failed(e);
                pulse.backOff(failures);
            }
        }
        return List.of();
    }

    private void process(List<Delivery> messages, Pulse pulse) {
        Map<Received<T>, Delivery> readable = new LinkedHashMap<>();
        for (Delivery message : messages) {
            try {
                T body = handler.read(message.open());
                message.about(handler.tradeNo(body));
                readable.put(new Received<>(body, message.messageId(), message.context()), message);
            } catch (InvalidInput e) {
                reject(message, e.getMessage());
            } catch (RuntimeException | Error e) {
                broken(message, e);
            }
        }
        if (!readable.isEmpty()) {
            attempt(readable, pulse);
        }
    }

    private void attempt(Map<Received<T>, Delivery> batch, Pulse pulse) {
        if (outage) {
            giveBack(batch.values(), "given back in an outage");
            return;
        }
        try {
            Map<Received<T>, String> refused = handle(batch);
            refused.forEach((message, reason) -> reject(batch.remove(message), reason));
            batch.values().forEach(Delivery::processed);
            queue.delete(List.copyOf(batch.values()));
        } catch (RuntimeException | Error e) {
            // An Error too, a stack overflow say: one message must not end the loop for all the others.
            failed(batch, e, pulse);
        }
    }

    private Map<Received<T>, String> handle(Map<Received<T>, Delivery> batch) {
        List<Context> contexts = batch.keySet().stream().map(Received::context).toList();
        return Traces.together(contexts)
                .wrapSupplier(() -> handler.handle(List.copyOf(batch.keySet())))
                .get();
    }

    private void failed(Map<Received<T>, Delivery> batch, Throwable e, Pulse pulse) {
        if (Outages.isOutage(e)) {
            outage = true;
            pulse.failed(e);
            giveBack(batch.values(), Outages.reason(e));
        } else if (batch.size() > 1) {
            batch.forEach((received, message) -> attempt(new LinkedHashMap<>(Map.of(received, message)), pulse));
        } else {
            batch.values().forEach(message -> broken(message, e));
        }
    }

    private void giveBack(Collection<Delivery> batch, String reason) {
        batch.forEach(message -> message.failed("outage", reason));
        queue.giveBack(batch);
    }

    /** Nobody foresaw it: the message is treated as poison, and the fault told with all that is known. */
    private void broken(Delivery message, Throwable e) {
        message.context()
                .wrap(() -> LOG.log(System.Logger.Level.ERROR, "message.failed queue=" + name(), e))
                .run();
        reject(message, Outages.reason(e));
    }

    private void reject(Delivery message, String reason) {
        message.failed("poison", reason);
        message.context().wrap(() -> queue.reject(message, reason)).run();
    }
}
