package finmicro.common.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Pulse;
import finmicro.common.problem.ProblemException;
import jakarta.validation.Validation;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Clients of all kinds; the database is a set of numbers. */
class FeedTest {

    record Number(int value) {}

    private static final class Numbers implements Watch<Number> {

        private final Set<Number> there = new LinkedHashSet<>();
        private int looks;

        @Override
        public Set<Number> recent(Instant since) {
            looks++;
            return Set.copyOf(there);
        }

        @Override
        public List<Number> describe(List<Number> news) {
            return news;
        }
    }

    /** A client that takes what it gets, or never takes anything. */
    private static final class Client implements SseEventSink {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final boolean stuck;
        private volatile boolean closed;

        Client(boolean stuck) {
            this.stuck = stuck;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            if (stuck) {
                return new CompletableFuture<>();
            }
            heard.add(event.getComment() != null ? ": " + event.getComment() : event.getName() + event.getData());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Runs so many rounds of the feed, without a pause. */
    private static final class Rounds implements Pulse {

        private int left;

        Rounds(int rounds) {
            left = rounds;
        }

        @Override
        public boolean running() {
            return left-- > 0;
        }

        @Override
        public boolean pause(Duration duration) {
            return left > 0;
        }

        @Override
        public void resting() {}

        @Override
        public void answered() {}

        @Override
        public void failed(Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private final Numbers numbers = new Numbers();
    private final Feed feed = new Feed(
            "number",
            new News<>(numbers, Clock.systemUTC()),
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()),
            Runnable::run);

    private Client listen(boolean stuck) {
        Client client = new Client(stuck);
        feed.listen(client, new PlainSse());
        return client;
    }

    @Test
    void listenerIsGreetedAndHearsWhatComesAfterOnce() {
        numbers.there.add(new Number(1));
        Client client = listen(false);
        numbers.there.add(new Number(2));

        feed.run(new Rounds(3));

        assertThat(client.heard).containsExactly(": listening", "number{\"value\":2}");
    }

    @Test
    void nothingIsAskedWhileNobodyListens() {
        feed.run(new Rounds(10));

        assertThat(numbers.looks).isZero();
    }

    @Test
    void nothingIsAskedOnceNobodyListensAnyMore() {
        listen(false).close();
        int before = numbers.looks;

        feed.run(new Rounds(10));

        assertThat(numbers.looks).isEqualTo(before);
    }

    @Test
    void clientThatTakesNothingIsLetGoAndHoldsUpNobody() {
        Client stuck = listen(true);
        Client other = listen(false);
        for (int i = 0; i < 2_000; i++) {
            numbers.there.add(new Number(i));
        }

        feed.run(new Rounds(1));

        await().until(stuck::isClosed);
        assertThat(other.heard).hasSize(2_001);
    }

    @Test
    void moreThanCanListenAreRefusedUntilOneIsGone() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < Feed.MOST; i++) {
            clients.add(listen(false));
        }
        assertThatThrownBy(() -> listen(false))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(503));

        clients.get(0).close();

        assertThat(listen(false).heard).containsExactly(": listening");
    }

    @Test
    void drainEndsAllStreamsAndLetsNobodyInAnyMore() {
        Client client = listen(false);

        feed.run(new Rounds(0));

        await().until(client::isClosed);
        assertThatThrownBy(() -> listen(false)).isInstanceOf(ProblemException.class);
    }
}
