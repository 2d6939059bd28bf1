package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class PoisonIT {

    /** Maximum time for ten receives with increasing visibility timeouts. */
    private static final Duration TEN_RECEIVES = Duration.ofSeconds(120);

    private static final Map<String, Service> CONSUMERS = Map.of(
            EmbeddedQueues.PRICES, Service.ITEMS,
            EmbeddedQueues.ORDERS, Service.MARKET,
            EmbeddedQueues.CONTRACTS, Service.TRADE);

    private static final int GOOD = 8;
    /** Trades whose orders or fills this test sends itself. */
    private static final long FIRST_ORDERED = 1_001;

    private static final long FIRST_FILLED = 1_101;

    private final TradingSystem system;
    private final Trading trading;

    PoisonIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    @Tag("old-defect-13")
    @Tag("old-defect-14")
    void poisonOnEveryQueueEndsInItsDeadLetterQueueAndHoldsUpNothing() {
        Random random = Seed.random("PoisonIT");
        Map<Service, Long> failures = new HashMap<>();
        CONSUMERS.values().forEach(service -> failures.put(service, failures(service)));

        List<Long> placed = new ArrayList<>();
        List<Runnable> sends = validMessages(placed);
        Map<String, Set<String>> poison = new HashMap<>();
        for (String queue : EmbeddedQueues.QUEUES) {
            Set<String> ids = poison.computeIfAbsent(queue, any -> new HashSet<>());
            PoisonMessages.of(queue, random).forEach(body -> sends.add(() -> ids.add(trading.send(queue, body))));
            sends.add(() -> ids.add(trading.sendEncoded(queue, "%ff%fe")));
            sends.add(() -> ids.add(trading.sendEncoded(queue, "%7b%22stockCode%22:%22A%c3%28%ed%a0%80%22%7d")));
        }
        Collections.shuffle(sends, random);
        sends.forEach(Runnable::run);

        placed.forEach(trading::awaitDone);
        trades(FIRST_ORDERED).forEach(trading::awaitDone);
        trades(FIRST_FILLED).forEach(trading::awaitDone);
        await().until(() -> storedMinutes() == GOOD);
        poison.forEach(this::assertDead);
        assertNoEffect();
        CONSUMERS.forEach((queue, service) -> {
            assertThat(rejections(service, poison.get(queue))).containsExactlyInAnyOrderElementsOf(poison.get(queue));
            assertThat(failures(service)).isEqualTo(failures.get(service));
        });
        assertAllConsumersStillWork();
    }

    /**
     * Valid messages: orders of clients, and orders, fills and prices sent directly, plain, in envelopes, and with extra fields.
     */
    private List<Runnable> validMessages(List<Long> placed) {
        List<Runnable> sends = new ArrayList<>();
        trades(FIRST_ORDERED).forEach(trading::openTrade);
        trades(FIRST_FILLED).forEach(trading::openTrade);
        for (int i = 0; i < GOOD; i++) {
            sends.add(() -> placed.add(trading.place(Trading.order("BUY", "0", "100", 1))));
            sends.add(send(EmbeddedQueues.ORDERS, i, order(FIRST_ORDERED + i)));
            sends.add(send(EmbeddedQueues.CONTRACTS, i, Trading.fill(FIRST_FILLED + i)));
            sends.add(send(EmbeddedQueues.PRICES, i, price(i)));
        }
        return sends;
    }

    private Runnable send(String queue, int number, String body) {
        String more = body.substring(0, body.length() - 1) + ",\"later\":{\"x\":[1.5,null]}}";
        String odd = Trading.envelope(body)
                .replace(
                        "\"TopicArn\"",
                        "\"MessageAttributes\":{\"traceparent\":{\"Value\":\"" + "9".repeat(500) + "\"}},\"TopicArn\"");
        List<String> forms = List.of(body, Trading.envelope(body), Trading.envelope(more), odd);
        return () -> trading.send(queue, forms.get(number % forms.size()));
    }

    private static List<Long> trades(long first) {
        return LongStream.range(first, first + GOOD).boxed().toList();
    }

    private static String order(long tradeNo) {
        return Trading.order("BUY", "0", "100", 1).put("tradeNo", tradeNo).toString();
    }

    private static String price(int minute) {
        return ("{\"stockCode\":\"A001\",\"stockName\":\"Sample IT Company\",\"datePrice\":[{\"date\":20200701,"
                        + "\"timePrice\":[{\"time\":\"09:0%d\",\"price\":2650}]}]}")
                .formatted(minute);
    }

    private long storedMinutes() {
        return trading.number("StockItems", "SELECT COUNT(*) FROM time_prices WHERE date = 20200701");
    }

    private void assertDead(String queue, Set<String> ids) {
        Set<String> dead = new HashSet<>();
        await().atMost(TEN_RECEIVES).untilAsserted(() -> {
            dead.addAll(trading.removeDeadLetters(queue));
            assertThat(dead).containsExactlyInAnyOrderElementsOf(ids);
        });
        assertThat(trading.queued(queue)).isZero();
    }

    private void assertNoEffect() {
        assertThat(trading.moves(PoisonMessages.UNKNOWN) + trading.moves(PoisonMessages.TRADE))
                .isZero();
        assertThat(trading.get(Service.TRADE, "/trade/order/" + PoisonMessages.TRADE)
                        .body()
                        .path("tradeStatus")
                        .asText())
                .isEqualTo("0");
        assertThat(trading.number("StockItems", "SELECT COUNT(*) FROM time_prices WHERE date = 20200702"))
                .isZero();
    }

    private void assertAllConsumersStillWork() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        JsonNode published =
                trading.post(Service.MARKET, "/market/prices", "").body().at("/prices/0/datePrice/0/timePrice/0");
        await().until(() -> trading.get(Service.ITEMS, "/stock/prices?stockCode=A002")
                .body()
                .findParents("time")
                .contains(published));
    }

    /** Ids of the messages that the service logged as rejected. Each must be logged once. */
    private List<String> rejections(Service service, Set<String> ids) {
        return lines(service, line -> line.contains("message.rejected"))
                .flatMap(line -> ids.stream().filter(id -> line.contains("messageId=" + id)))
                .toList();
    }

    /** Number of unexpected failures that the service logged. */
    private long failures(Service service) {
        return lines(service, line -> line.contains("message.failed") || line.contains("worker.failed"))
                .count();
    }

    private Stream<String> lines(Service service, Predicate<String> which) {
        try (var lines = Files.lines(system.server(service).log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(which).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
