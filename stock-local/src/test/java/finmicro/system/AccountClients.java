package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Clients that order, cancel, deposit, withdraw and book externally for many accounts until they are stopped. Each request is
 * retried with the same key until there is a response, so its final outcome is known.
 */
final class AccountClients {

    static final int NUMBER = 32;

    private static final long PACE_MILLIS = 250;
    private static final Duration OUTAGE = Duration.ofMinutes(4);
    private static final List<String> STOCKS = List.of("A001", "A002");

    private final Trading trading;
    private final AccountActions actions;
    private final AccountBooks books;
    private final List<String> accounts;
    private final Collection<String> bookedExternally;
    private final Queue<PlacedOrder> placed = new ConcurrentLinkedQueue<>();
    private final Queue<PlacedOrder> cancelled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Starts the clients.
     *
     * @param books of the accounts; updated from the responses
     * @param bookedExternally accounts that another program also books on
     */
    AccountClients(Trading trading, AccountBooks books, Collection<String> bookedExternally, long seed) {
        this.trading = trading;
        this.actions = new AccountActions(trading);
        this.books = books;
        this.accounts = books.ids().stream().sorted().toList();
        this.bookedExternally = bookedExternally;
        IntStream.range(0, NUMBER)
                .forEach(client -> clients.add(threads.submit(() -> act(client, new Random(seed + client)))));
    }

    /** Number of completed actions. */
    int done() {
        return done.get();
    }

    Collection<PlacedOrder> placed() {
        return List.copyOf(placed);
    }

    /** Orders whose cancel was answered 204. */
    Collection<PlacedOrder> cancelled() {
        return List.copyOf(cancelled);
    }

    /** Lets each client finish its action. Fails if a client got an invalid response, or no response for minutes. */
    void stop() throws Exception {
        stopped = true;
        threads.shutdown();
        for (Future<?> client : clients) {
            client.get(OUTAGE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void act(int client, Random random) {
        // Opens every account, most of them by two orders at once.
        for (int i = client; i < 2 * accounts.size(); i += NUMBER) {
            order(accounts.get(i % accounts.size()), random);
        }
        while (!stopped) {
            String account = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(8)) {
                case 0 -> move(account, 1 + random.nextInt(500_000));
                case 1 -> move(account, -1 - random.nextInt(3_000_000));
                case 2 -> book(account, random);
                case 3, 4 -> cancel(order(account, random));
                default -> order(account, random);
            }
            done.incrementAndGet();
            pause();
        }
    }

    /** Returns the order, with number 0 if it is refused. */
    private PlacedOrder order(String account, Random random) {
        PlacedOrder order = new PlacedOrder(
                0,
                account,
                STOCKS.get(random.nextInt(STOCKS.size())),
                random.nextInt(3) == 0 ? "SELL" : "BUY",
                random.nextBoolean() ? "0" : "1",
                20_000 + random.nextInt(200_000),
                1 + random.nextInt(9));
        String key = UUID.randomUUID().toString();
        Trading.Answer answer = answered(() -> trading.place(key, order.body()));
        if (isRefused(answer, 201)) {
            return order;
        }
        PlacedOrder accepted = order.accepted(answer.tradeNo());
        placed.add(accepted);
        return accepted;
    }

    private void cancel(PlacedOrder order) {
        if (order.tradeNo() != 0) {
            Trading.Answer answer = answered(() -> actions.cancel(order));
            assertThat(answer.status()).as(answer.toString()).isIn(204, 409);
            if (answer.status() == 204) {
                cancelled.add(order);
            }
        }
    }

    private void move(String account, long yen) {
        String key = UUID.randomUUID().toString();
        if (!isRefused(answered(() -> actions.move(account, key, yen)), 201)) {
            books.add(account, yen, null, 0);
        }
    }

    private void book(String account, Random random) {
        if (bookedExternally.contains(account)) {
            AccountActions.Booking booking = AccountActions.Booking.of(
                    account,
                    STOCKS.get(random.nextInt(STOCKS.size())),
                    2_000 + random.nextInt(10_000),
                    random.nextBoolean() ? 1 + random.nextInt(5) : -1 - random.nextInt(5));
            assertThat(answered(() -> actions.book(booking)).status()).isEqualTo(200);
            books.add(account, booking.cash(), booking.stockCode(), booking.shares());
        }
    }

    /** Also accepts a refusal for insufficient cash or shares. */
    private static boolean isRefused(Trading.Answer answer, int success) {
        boolean refused =
                answer.status() == 422 && answer.body().path("type").asText().contains(":insufficient-");
        assertThat(refused || answer.status() == success).as(answer.toString()).isTrue();
        return refused;
    }

    private static Trading.Answer answered(Supplier<Trading.Answer> request) {
        Instant end = Instant.now().plus(OUTAGE);
        while (true) {
            try {
                Trading.Answer answer = request.get();
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (UncheckedIOException e) {
                // The service was killed. The outcome of the request is unknown.
            }
            assertThat(Instant.now()).as("no answer for minutes").isBefore(end);
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
