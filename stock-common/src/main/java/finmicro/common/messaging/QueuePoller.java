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
 * Polls one queue for ever. Leader and followers: of {@link Source#permits()} threads one at a time waits for messages;
 * when it has some it leaves the wait to the next and handles them itself. So an idle queue costs one long poll, and no
 * more batches are in hand than there are permits.
 *
 * <p>A message is deleted only after its effect is committed. Poison becomes visible again alone, and the dead-letter queue
 * takes it in the end. In an outage the batches in hand stay in hand, see {@link BatchProcessor}, and nothing else is received
 * until each of them has succeeded. So an outage costs a message one receive, however long it is; and one more for each restart
 * of a task, or if its visibility is lost although it is in hand ({@link BatchInHand#extend}).
 *
 * @param <T> the record of a body
 */
public final class QueuePoller<T> implements Worker {

    private static final System.Logger LOG = Log.of(QueuePoller.class);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    /** How often the thread that waits for the end of an outage looks. */
    private static final Duration GLANCE = Duration.ofMillis(100);
    /** How long messages of a stream are left to gather for the next receive. */
    private static final Duration GATHER = Duration.ofMillis(30);

    private final Source source;
    private final PolledQueue queue;
    private final Acknowledger acknowledger;
    private final BatchProcessor<T> processor;
    private final ReceiveTelemetry telemetry;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicInteger inHand = new AtomicInteger();
    /** Of whoever has the turn. */
    private final ArrivalRate flow = new ArrivalRate();

    /** @param receiver a client of the poller's own, which it closes when it drains */
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
    public void run(WorkerContext context) {
        while (context.running()) {
            List<InboundMessage> messages = next(context);
            if (context.running()) {
                work(messages, context);
            } else {
                acknowledger.giveBack(messages);
            }
        }
    }

    private void work(List<InboundMessage> messages, WorkerContext context) {
        inHand.incrementAndGet();
        telemetry.permits(1);
        try {
            processor.process(messages, context);
        } finally {
            inHand.decrementAndGet();
            telemetry.permits(-1);
            if (!context.running()) {
                endWait();
            }
        }
    }

    /** Waits for its turn, for the end of an outage, and for messages; none when the service drains. */
    private List<InboundMessage> next(WorkerContext context) {
        context.resting();
        turn.lock();
        try {
            gather(context);
            return awaitEndOfOutage(context) ? receive(context) : List.of();
        } finally {
            turn.unlock();
        }
    }

    /**
     * Where messages come in a stream that fills no receive, the next one begins a moment later: a batch costs three requests and
     * a transaction, however small. A message alone waits for nobody.
     */
    private void gather(WorkerContext context) {
        if (flow.isStream() && flow.last() < source.maxMessages()) {
            context.pause(GATHER);
        }
    }

    /** Messages that were received now would fail like those in hand, and count one receive more. */
    private boolean awaitEndOfOutage(WorkerContext context) {
        boolean running = context.running();
        while (running && processor.inOutage()) {
            running = context.pause(GLANCE);
        }
        return running;
    }

    private List<InboundMessage> receive(WorkerContext context) {
        for (int failures = 1; context.running(); failures++) {
            try {
                List<InboundMessage> messages = queue.receive();
                flow.add(messages.size());
                context.answered();
                return messages;
            } catch (RuntimeException e) {
                context.failed(e);
                context.backOff(failures);
            }
        }
        return List.of();
    }
}
