package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event streams, and the origins whose pages may subscribe to them. */
@ExtendWith(SharedSystem.class)
class EventsIT {

    private final TradingSystem system;
    private final Trading trading;

    EventsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void eventsFollowAnOrderFromItsAcceptanceToItsBooking() {
        try (EventStream orders = subscribe(Service.TRADE, "/trade/events");
                EventStream account = subscribe(Service.TRADE, "/trade/account/events");
                EventStream balance = subscribe(Service.BALANCE, "/balance/events")) {
            long market = system.server(Service.MARKET).pid();
            Freezer.freeze(market);
            long tradeNo;
            try {
                tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
                awaitStatus(orders, tradeNo, "0");
                account.awaitEvent("account", now -> now.path("reservedCash").asLong() > 0);
            } finally {
                Freezer.thaw(market);
            }

            awaitStatus(orders, tradeNo, "1");
            trading.awaitDone(tradeNo);
            JsonNode booked = trading.get(Service.BALANCE, "/balance").body();
            balance.awaitEvent("balance", booked::equals);
            JsonNode filled = trading.get(Service.TRADE, "/trade/account").body();
            account.awaitEvent("account", filled::equals);
        }
    }

    private static void awaitStatus(EventStream orders, long tradeNo, String status) {
        orders.awaitEvent(
                "order",
                order -> order.path("tradeNo").asLong() == tradeNo
                        && order.path("tradeStatus").asText().equals(status));
    }

    /** Tasks share only the database, so the test inserts the row directly. */
    @Test
    void orderStoredByAnotherTaskIsPublished() {
        long tradeNo = 9_000_000_000L;
        try (EventStream orders = subscribe(Service.TRADE, "/trade/events")) {
            trading.openTrade(tradeNo);
            // Simulates a late commit by a task whose clock is behind.
            trading.change(
                    "StockTrade",
                    "UPDATE trades SET update_time = DATE_FORMAT(DATE_ADD(UTC_TIMESTAMP(), INTERVAL 32395 SECOND),"
                            + " '%Y-%m-%dT%H:%i:%s+09:00') WHERE trade_no = " + tradeNo);

            orders.awaitEvent("order", order -> order.path("tradeNo").asLong() == tradeNo);
        } finally {
            trading.removeTrade(tradeNo);
        }
    }

    @Test
    void storedPriceIsPublished() {
        try (EventStream prices = subscribe(Service.ITEMS, "/stock/events")) {
            trading.send(
                    EmbeddedQueues.PRICES,
                    "{\"stockCode\":\"A001\",\"stockName\":\"Sample IT Company\",\"datePrice\":[{\"date\":20200527,"
                            + "\"timePrice\":[{\"time\":\"09:00\",\"price\":1234.5}]}]}");

            prices.awaitEvent(
                    "price",
                    price -> price.path("stockCode").asText().equals("A001")
                            && price.at("/datePrice/0/timePrice/0/price")
                                    .asText()
                                    .equals("1234.5"));
        } finally {
            trading.change("StockItems", "DELETE FROM time_prices WHERE stock_code = 'A001'");
        }
    }

    @Test
    void subscriberMissesNothingDuringADatabaseOutageAndNewOnesAreRefused() {
        // The first subscription of a task reads the database. The task may still count streams that are already
        // closed.
        system.restart(Service.BALANCE, Map.of());
        try (EventStream orders = subscribe(Service.TRADE, "/trade/events")) {
            system.databaseGate().cut();
            assertThat(trading.get(Service.BALANCE, "/balance/events").status()).isEqualTo(503);
            assertThat(trading.get(Service.BALANCE, "/balance/events")
                            .body()
                            .path("type")
                            .asText())
                    .endsWith(":unavailable");
            system.databaseGate().open();

            long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));

            orders.awaitEvent("order", order -> order.path("tradeNo").asLong() == tradeNo);
            trading.awaitDone(tradeNo);
        }
    }

    @Test
    void stopEndsTheStreamsWithoutWaiting() {
        try (EventStream prices = subscribe(Service.ITEMS, "/stock/events")) {
            Instant start = Instant.now();
            system.server(Service.ITEMS).terminate();

            prices.awaitEnd(Duration.ofSeconds(5));
            system.server(Service.ITEMS).stop();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @CsvSource({"ITEMS,/stock/attributes", "TRADE,/trade/order", "BALANCE,/balance", "MARKET,/market/prices"})
    void onlyPagesOfTheConfiguredOriginMayCall(Service service, String path) {
        String page = system.server(Service.TRADE).uri().toString();

        assertThat(allowedOrigin(service, path, page)).isEqualTo(page);
        assertThat(allowedOrigin(service, path, "http://evil.example")).isEmpty();
        assertThat(allowedOrigin(service, path, "null")).isEmpty();
    }

    private String allowedOrigin(Service service, String path, String origin) {
        HttpRequest.Builder preflight = trading.request(service, path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "DELETE")
                .header("Access-Control-Request-Headers", "content-type,idempotency-key,authorization")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
        String before = trading.send(preflight).header("access-control-allow-origin");
        String call = trading.send(trading.request(service, path).header("Origin", origin))
                .header("access-control-allow-origin");
        assertThat(before).isEqualTo(call);
        return call;
    }

    private EventStream subscribe(Service service, String path) {
        return EventStream.open(system.server(service), path);
    }
}
