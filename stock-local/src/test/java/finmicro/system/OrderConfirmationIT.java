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

/** An order from the screen is placed once, whatever becomes of its answer. */
class OrderConfirmationIT extends OnScreen {

    OrderConfirmationIT(TradingSystem system) {
        super(system);
    }

    /** The orders that one page sends: the first one arrives, and its answer gets lost. */
    private static final class Orders {

        private final List<String> sent = new ArrayList<>();
        private final BiConsumer<Route, APIResponse> firstAnswer;
        private boolean reachable;

        Orders(Screen screen, BiConsumer<Route, APIResponse> firstAnswer) {
            this.firstAnswer = firstAnswer;
            screen.page().route("**/trade/order", this::pass);
        }

        private void pass(Route route) {
            var request = route.request();
            if (!request.method().equals("POST")) {
                route.resume();
                return;
            }
            sent.add(request.headerValue("idempotency-key") + " " + request.postData());
            if (sent.size() == 1) {
                firstAnswer.accept(route, route.fetch());
            } else if (reachable) {
                route.resume();
            } else {
                route.abort();
            }
        }
    }

    private static void unconfirmed(Screen screen, String text) {
        screen.awaitText(screen.find("order-ticket [role=alert]"), text);
        assertThat(screen.find("#ticket-orderPrice")).isDisabled();
        assertThat(screen.find("#ticket-stockCode")).isDisabled();
        assertThat(screen.find("input[name=tradeType][value=BUY]")).isDisabled();
    }

    @ParameterizedTest
    @CsvSource({"en-US,We could not confirm your order. Checking…", "ja-JP,ご注文の受付を確認できませんでした。確認しています…"})
    void orderWhoseAnswerIsLostIsPlacedOnceAlthoughThePriceMovesMeanwhile(String locale, String text) {
        long rows = trading.rows();
        publish("A002", "23:50", "2623.25");
        try (Screen screen = open(locale)) {
            Orders orders = new Orders(screen, (route, answer) -> route.abort());
            screen.find("#ticket-stockCode").selectOption("A002");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.25");
            screen.find("#ticket-orderQuantity").fill("1");
            screen.send();
            unconfirmed(screen, text);

            publish("A002", "23:51", "2677.25");
            assertThat(screen.find("price-chart .last")).containsText("2,677.25");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.25");
            screen.find("order-ticket form").evaluate("form => form.requestSubmit()");
            picture(screen, "unconfirmed-" + locale);
            orders.reachable = true;

            trading.awaitDone(screen.acceptedNumber());
            assertThat(screen.find("order-ticket [role=alert]")).isEmpty();
            assertThat(screen.find("#ticket-orderPrice")).isEnabled();
            assertThat(orders.sent).hasSizeGreaterThan(1).containsOnly(orders.sent.get(0));
            // The trade, and its message to the market.
            assertThat(trading.rows()).isEqualTo(rows + 2);
        } finally {
            unpublish("2623.25", "2677.25");
        }
    }

    @Test
    void orderWhoseAnswerIsCutOffIsPlacedOnce() {
        long rows = trading.rows();
        try (Screen screen = open()) {
            Orders orders = new Orders(
                    screen,
                    (route, answer) -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(answer.status())
                            .setContentType("application/json")
                            .setBody(answer.text().substring(0, 40))));
            screen.order("BUY", "0", "1", "2650");
            unconfirmed(screen, "We could not confirm your order. Checking…");

            orders.reachable = true;

            trading.awaitDone(screen.acceptedNumber());
            assertThat(orders.sent).hasSizeGreaterThan(1).containsOnly(orders.sent.get(0));
            assertThat(trading.rows()).isEqualTo(rows + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US,We could not confirm your order. Checking…", "ja-JP,ご注文の受付を確認できませんでした。確認しています…"})
    void pageThatIsReloadedWhileItPlacesAnOrderGoesOnWithTheSame(String locale, String text) {
        long rows = trading.rows();
        try (Screen screen = open(locale)) {
            Orders orders = new Orders(screen, (route, answer) -> {});
            screen.order("BUY", "1", "3", "2001.5");
            screen.page().waitForCondition(() -> orders.sent.size() == 1);

            screen.page().reload();
            unconfirmed(screen, text);
            assertThat(screen.find("#ticket-stockCode")).hasValue("A002");
            assertThat(screen.find("input[name=orderType][value='1']")).isChecked();
            assertThat(screen.find("#ticket-orderQuantity")).hasValue("3");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2001.5");
            picture(screen, "resumed-" + locale);
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
