package finmicro.common.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import finmicro.common.access.AccountScope;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.ProblemException;
import jakarta.validation.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the feed with fast, slow and blocked clients. The database is a set of numbers. */
class FeedTest {

    record Number(int value, String padding) {

        Number(int value) {
            this(value, "");
        }

        /** Some numbers belong to an account. */
        Event event() {
            return new Event(padding.startsWith("account ") ? padding.substring(8) : null, this);
        }
    }

    private static final class Numbers implements ChangeSource<Number> {

        private final Set<Number> stored = ConcurrentHashMap.newKeySet();
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public Set<Number> recent(Instant since) {
            reads.incrementAndGet();
            return Set.copyOf(stored);
        }

        @Override
        public List<Event> describe(List<Number> changes) {
            return changes.stream().map(Number::event).toList();
        }
    }

    /** A client that reads, or blocks writes until it is released, as the server does if a client does not read. */
    private static final class Client implements EventOutput {

        private final List<String> received = new CopyOnWriteArrayList<>();
        private final CountDownLatch reads;
        private volatile boolean blocking;
        private volatile boolean closed;

        Client(boolean stuck) {
            reads = new CountDownLatch(stuck ? 1 : 0);
        }

        @Override
        public void greet() {
            received.add(": listening");
        }

        @Override
        public void write(byte[] text) throws IOException {
            blocking = true;
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            received.addAll(List.of(new String(text, StandardCharsets.UTF_8).split("\n\n")));
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        long events() {
            return received.stream()
                    .filter(event -> event.startsWith("event: number"))
                    .count();
        }

        List<String> values() {
            return received.stream()
                    .filter(event -> event.startsWith("event: number"))
                    .map(event -> event.replaceFirst("(?s).*\"value\":([0-9]+).*", "$1"))
                    .toList();
        }

        boolean wasReset() {
            return received.contains("event: reset\ndata: {}");
        }
    }

    /** Runs the feed until the end of the test, with minimal pauses. */
    private static final class Running implements WorkerContext {

        private volatile boolean running = true;

        @Override
        public boolean running() {
            return running;
        }

        @Override
        public boolean pause(Duration duration) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                running = false;
            }
            return running;
        }

        @Override
        public void reportIdle() {}

        @Override
        public void reportSuccess() {}

        @Override
        public void reportFailure(Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private final Numbers numbers = new Numbers();
    private final Feed feed = new Feed(
            "number",
            numbers,
            Clock.systemUTC(),
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()));
    private final Running running = new Running();
    private final Thread thread = new Thread(() -> feed.run(running));
    private final List<Client> stuck = new ArrayList<>();

    private void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        running.running = false;
        stuck.forEach(client -> client.reads.countDown());
        thread.join();
    }

    private Client listen(String caller, Instant expires, boolean isStuck) {
        Client client = new Client(isStuck);
        if (isStuck) {
            stuck.add(client);
        }
        feed.listen(new Subscriber(caller, expires, AccountScope.ALL, client));
        return client;
    }

    private Client listen() {
        return listen("fast", Instant.MAX, false);
    }

    private void awaitReads(int more) {
        int before = numbers.reads.get();
        await().until(() -> numbers.reads.get() >= before + more);
    }

    private void add(IntStream values) {
        values.forEach(value -> numbers.stored.add(new Number(value)));
    }

    @Test
    void subscriberIsGreetedAndReceivesEachLaterEventOnce() {
        numbers.stored.add(new Number(1));
        Client client = listen();
        numbers.stored.add(new Number(2));

        start();
        awaitReads(5);

        assertThat(client.received)
                .containsExactly(": listening", "event: number\ndata: {\"value\":2,\"padding\":\"\"}");
    }

    @Test
    void subscriberReceivesOnlyTheEventsOfItsAccountAndThoseForAll() {
        Client alice = listen(AccountScope.of("alice"));
        Client bob = listen(AccountScope.of("bob"));
        Client operator = listen();
        start();

        numbers.stored.add(new Number(1, "account alice"));
        numbers.stored.add(new Number(2, "account bob"));
        await().until(() -> operator.events() == 2);
        numbers.stored.add(new Number(3));
        await().until(() -> alice.events() == 2 && bob.events() == 2);

        assertThat(alice.values()).containsExactly("1", "3");
        assertThat(bob.values()).containsExactly("2", "3");
        assertThat(operator.values()).containsExactlyInAnyOrder("1", "2", "3");
    }

    private Client listen(AccountScope scope) {
        Client client = new Client(false);
        feed.listen(new Subscriber("scoped", Instant.MAX, scope, client));
        return client;
    }

    @Test
    void nothingIsReadWithoutSubscribers() throws InterruptedException {
        running.running = false;
        feed.run(running);

        assertThat(numbers.reads).hasValue(0);
    }

    @Test
    void nothingIsReadAfterTheLastSubscriberLeft() {
        start();
        Client client = listen();
        awaitReads(2);
        client.close();
        // A read may still be in progress.
        await().until(() -> {
            int before = numbers.reads.get();
            running.pause(Duration.ZERO);
            Thread.sleep(50);
            return numbers.reads.get() == before;
        });
    }

    @Test
    void blockedClientsDoNotDelayOthers() {
        Client fast = listen();
        for (int i = 0; i < 200; i++) {
            listen("stuck " + i / 10, Instant.MAX, true);
        }
        numbers.stored.add(new Number(-1));
        start();
        await().until(() -> stuck.stream().allMatch(client -> client.blocking));

        add(IntStream.range(0, 2_000));

        await().until(() -> fast.events() == 2_001);
        assertThat(fast.wasReset()).isFalse();
        assertThat(stuck).noneMatch(client -> client.closed);
    }

    @Test
    void slowClientReceivesAResetAndLaterEvents() {
        Client fast = listen();
        Client slow = listen("slow", Instant.MAX, true);
        start();
        int events = 0;
        // More than the buffer in total.
        for (int read = 0; read < 11; read++) {
            for (int i = 0; i < 400; i++) {
                numbers.stored.add(new Number(events++, "x".repeat(1_000)));
            }
            int expected = events;
            await().until(() -> fast.events() == expected);
        }
        assertThat(fast.wasReset()).isFalse();

        slow.reads.countDown();
        await().until(slow::wasReset);
        numbers.stored.add(new Number(-1));

        await().until(() -> slow.received.contains("event: number\ndata: {\"value\":-1,\"padding\":\"\"}"));
        assertThat(slow.events()).isLessThan(events);
        assertThat(slow.closed).isFalse();
    }

    @Test
    void moreChangesThanTheLimitCauseAReset() {
        Client client = listen();
        start();

        add(IntStream.range(0, ChangeSource.LIMIT));

        await().until(client::wasReset);
        assertThat(client.closed).isFalse();
    }

    @Test
    void callerCanHaveTenStreamsWithoutAffectingOthers() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(listen());
        }
        assertRefused("fast");
        assertThat(listen("other", Instant.MAX, false).received).containsExactly(": listening");

        clients.get(0).close();

        assertThat(listen().received).containsExactly(": listening");
        assertRefused("fast");
    }

    @Test
    void subscribersBeyondTheLimitAreRefusedUntilOneLeaves() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            clients.add(listen("caller " + i / 10, Instant.MAX, false));
        }
        assertRefused("one more");

        clients.get(0).close();

        assertThat(listen("one more", Instant.MAX, false).received).containsExactly(": listening");
    }

    private void assertRefused(String caller) {
        assertThatThrownBy(() -> listen(caller, Instant.MAX, false))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    }

    @Test
    void streamEndsWhenItsTokenExpires() {
        Instant now = Instant.now();
        Client expiring = listen("expiring", now.plusMillis(300), false);
        Client valid = listen("valid", now.plusSeconds(60), false);
        Client forgiven = listen("forgiven", now.minusSeconds(30), false);
        start();

        await().until(() -> expiring.closed);

        assertThat(Instant.now()).isAfterOrEqualTo(now.plusMillis(300));
        assertThat(valid.closed).isFalse();
        assertThat(forgiven.closed).isFalse();
    }

    @Test
    void drainClosesAllStreamsAndRefusesNewOnes() {
        Client client = listen();
        running.running = false;

        feed.run(running);

        await().until(() -> client.closed);
        assertRefused("fast");
    }
}
