package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order from the screen is placed once, even if its response is lost. */
class OrderConfirmationIT extends ScreenTest {

    OrderConfirmationIT(TradingSystem system) {
        super(system);
    }

    /** Intercepts the orders of a page. The first one arrives, but its response is lost. */
    private static final class Orders {

        private final List<String> sent = new ArrayList<>();
        private final BiConsumer<Route, APIResponse> firstResponse;
        private boolean reachable;

        Orders(Screen screen, BiConsumer<Route, APIResponse> firstResponse) {
            this.firstResponse = firstResponse;
            screen.page().route("**/trade/order", this::intercept);
        }

        private void intercept(Route route) {
            var request = route.request();
            if (!request.method().equals("POST")) {
                route.resume();
                return;
            }
            sent.add(request.headerValue("idempotency-key") + " " + request.postData());
            if (sent.size() == 1) {
                firstResponse.accept(route, route.fetch());
            } else if (reachable) {
                route.resume();
            } else {
                route.abort();
            }
        }
    }

    private static void assertUnconfirmed(Screen screen, String text) {
        screen.awaitText(screen.find("order-ticket [role=alert]"), text);
        assertThat(screen.find("#ticket-orderPrice")).isDisabled();
        assertThat(screen.find("#ticket-stockCode")).isDisabled();
        assertThat(screen.find("input[name=tradeType][value=BUY]")).isDisabled();
    }

    @ParameterizedTest
    @CsvSource({"en-US,We could not confirm your order. Checking…", "ja-JP,ご注文の受付を確認できませんでした。確認しています…"})
    void orderWithALostResponseIsPlacedOnceWhileThePriceMoves(String locale, String text) {
        long rows = trading.rows();
        publish("A002", "23:50", "2623.25");
        try (Screen screen = open(locale)) {
            Orders orders = new Orders(screen, (route, response) -> route.abort());
            screen.find("#ticket-stockCode").selectOption("A002");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.25");
            screen.find("#ticket-orderQuantity").fill("1");
            screen.send();
            assertUnconfirmed(screen, text);

            publish("A002", "23:51", "2677.25");
            assertThat(screen.find("price-chart .last")).containsText("2,677.25");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.25");
            screen.find("order-ticket form").evaluate("form => form.requestSubmit()");
            screenshot(screen, "unconfirmed-" + locale);
            orders.reachable = true;

            trading.awaitDone(screen.acceptedNumber());
            assertThat(screen.find("order-ticket [role=alert]")).isEmpty();
            assertThat(screen.find("#ticket-orderPrice")).isEnabled();
            assertThat(orders.sent).hasSizeGreaterThan(1).containsOnly(orders.sent.get(0));
            // the trade and its outbox message
            assertThat(trading.rows()).isEqualTo(rows + 2);
        } finally {
            unpublish("2623.25", "2677.25");
        }
    }

    @Test
    void orderWithATruncatedResponseIsPlacedOnce() {
        long rows = trading.rows();
        try (Screen screen = open()) {
            Orders orders = new Orders(
                    screen,
                    (route, response) -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(response.status())
                            .setContentType("application/json")
                            .setBody(response.text().substring(0, 40))));
            screen.order("BUY", "0", "1", "2650");
            assertUnconfirmed(screen, "We could not confirm your order. Checking…");

            orders.reachable = true;

            trading.awaitDone(screen.acceptedNumber());
            assertThat(orders.sent).hasSizeGreaterThan(1).containsOnly(orders.sent.get(0));
            assertThat(trading.rows()).isEqualTo(rows + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US,We could not confirm your order. Checking…", "ja-JP,ご注文の受付を確認できませんでした。確認しています…"})
    void reloadedPageResumesTheSameOrder(String locale, String text) {
        long rows = trading.rows();
        try (Screen screen = open(locale)) {
            Orders orders = new Orders(screen, (route, response) -> {});
            screen.order("BUY", "1", "3", "2001.5");
            screen.page().waitForCondition(() -> orders.sent.size() == 1);

            screen.page().reload();
            assertUnconfirmed(screen, text);
            assertThat(screen.find("#ticket-stockCode")).hasValue("A002");
            assertThat(screen.find("input[name=orderType][value='1']")).isChecked();
            assertThat(screen.find("#ticket-orderQuantity")).hasValue("3");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2001.5");
            screenshot(screen, "resumed-" + locale);
            orders.reachable = true;

            trading.awaitDone(screen.acceptedNumber());
            assertThat(orders.sent).hasSizeGreaterThan(1).containsOnly(orders.sent.get(0));
            assertThat(trading.rows()).isEqualTo(rows + 2);
            screen.order("BUY", "1", "1", "2001.5");
            trading.awaitDone(screen.acceptedNumber());
            assertThat(trading.rows()).isEqualTo(rows + 4);
        }
    }

    @Test
    void keyThatBelongsToAnotherOrderNamesThatOrder() {
        try (Screen screen = open()) {
            screen.page()
                    .route(
                            "**/trade/order",
                            route -> route.fulfill(
                                    new Route.FulfillOptions()
                                            .setStatus(422)
                                            .setContentType("application/problem+json")
                                            .setBody(
                                                    "{\"type\":\"urn:stock-trading:problem:idempotency-key-reused\",\"tradeNo\":10012}")));
            screen.order("BUY", "0", "1", "2650");

            screen.awaitText(
                    screen.find("order-ticket [role=alert]"),
                    "Order 10012 was already placed from this ticket. Check the order list.");
            assertThat(screen.find("#ticket-orderPrice")).isEnabled();
        }
    }
}
