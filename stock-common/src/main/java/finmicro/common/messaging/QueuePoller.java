package finmicro.common.messaging;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Log;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Polls one queue until the service drains. Leader/followers pattern: one of {@link Source#permits()} threads receives; when it
 * has messages, another thread takes over receiving and the first processes them. So an idle queue costs one long poll, and at
 * most {@code permits} batches are in flight.
 *
 * <p>A message is deleted only after its effect is committed. A poison message becomes visible again and finally moves to the
 * dead-letter queue. During an outage the batches in flight are retried, see {@link BatchProcessor}, and nothing else is
 * received until all of them succeed. So an outage of any length costs a message one receive, plus one for each restart of a
 * task, or if its visibility timeout expires in flight ({@link InFlightBatch#extend}).
 *
 * @param <T> the record type of a body
 */
public final class QueuePoller<T> implements Worker {

    private static final System.Logger LOG = Log.of(QueuePoller.class);
    /** Maximum time to wait on drain for a receive in progress. */
    private static final Duration DRAIN_WAIT = Duration.ofSeconds(1);
    /** Interval at which the receiving thread checks whether an outage is over. */
    private static final Duration OUTAGE_CHECK = Duration.ofMillis(100);
    /** Delay before the next receive, to let the messages of a stream fill it. */
    private static final Duration GATHER = Duration.ofMillis(30);

    private final Source source;
    private final PolledQueue queue;
    private final Acknowledger acknowledger;
    private final BatchProcessor<T> processor;
    private final ReceiveTelemetry telemetry;
    /** Held by the thread that receives. */
    private final ReentrantLock receiving = new ReentrantLock();

    private final AtomicInteger inFlight = new AtomicInteger();
    /** Guarded by {@link #receiving}. */
    private final ArrivalRate arrivals = new ArrivalRate();

    /** @param receiver a client that only this poller uses, and closes when it drains */
    QueuePoller(
            SqsClient sqs, SqsClient receiver, Source source, MessageHandler<T> handler, OpenTelemetry openTelemetry) {
        this.source = source;
        this.telemetry = new ReceiveTelemetry(openTelemetry, source.queue().name());
        this.queue = new PolledQueue(sqs, receiver, source, telemetry);
        this.acknowledger = new Acknowledger(sqs, source.queue(), telemetry);
        this.processor = new BatchProcessor<>(name(), handler, acknowledger);
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
        stopReceiving();
    }

    /**
     * Aborts the receive in progress, unless a batch is in flight: if that batch is released, the queue may deliver it to the
     * receive in progress. If this receive were aborted, no consumer would get the batch until its visibility timeout expires.
     * For the same reason, a receive that is about to return gets {@link #DRAIN_WAIT}.
     */
    private void stopReceiving() {
        if (inFlight.get() == 0 && !awaitReceive()) {
            queue.stop();
        }
    }

    /** Returns whether no receive is in progress. */
    private boolean awaitReceive() {
        try {
            if (receiving.tryLock(DRAIN_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                receiving.unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void run(WorkerContext context) {
        while (context.running()) {
            List<InboundMessage> messages = next(context);
            if (context.running()) {
                work(messages, context);
            } else {
                acknowledger.release(messages);
            }
        }
    }

    private void work(List<InboundMessage> messages, WorkerContext context) {
        inFlight.incrementAndGet();
        telemetry.permits(1);
        try {
            processor.process(messages, context);
        } finally {
            inFlight.decrementAndGet();
            telemetry.permits(-1);
            if (!context.running()) {
                stopReceiving();
            }
        }
    }

    /** Waits to become the receiving thread, for the end of an outage, and for messages. Empty when the service drains. */
    private List<InboundMessage> next(WorkerContext context) {
        context.reportIdle();
        receiving.lock();
        try {
            gather(context);
            return awaitEndOfOutage(context) ? receive(context) : List.of();
        } finally {
            receiving.unlock();
        }
    }

    /**
     * Delays the next receive if messages arrive in a stream but do not fill a batch, because each batch costs three requests and
     * a transaction regardless of its size. Single messages are not delayed.
     */
    private void gather(WorkerContext context) {
        if (arrivals.isStream() && arrivals.last() < source.maxMessages()) {
            context.pause(GATHER);
        }
    }

    /** Messages received during an outage would fail too, and use up a receive. */
    private boolean awaitEndOfOutage(WorkerContext context) {
        boolean running = context.running();
        while (running && processor.inOutage()) {
            running = context.pause(OUTAGE_CHECK);
        }
        return running;
    }

    private List<InboundMessage> receive(WorkerContext context) {
        for (int failures = 1; context.running(); failures++) {
            try {
                List<InboundMessage> messages = queue.receive();
                arrivals.add(messages.size());
                context.reportSuccess();
                return messages;
            } catch (RuntimeException e) {
                context.reportFailure(e);
                context.backOff(failures);
            }
        }
        return List.of();
    }
}
