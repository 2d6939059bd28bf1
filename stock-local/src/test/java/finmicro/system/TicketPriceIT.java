package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** The price in the ticket does not change once the user has seen it. */
class TicketPriceIT extends ScreenTest {

    TicketPriceIT(TradingSystem system) {
        super(system);
    }

    @Test
    void limitPriceStaysWhileTheMarketMoves() {
        publish("A002", "23:52", "2623.75");
        try (Screen screen = open()) {
            screen.find("#ticket-stockCode").selectOption("A002");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.75");
            screen.find("input[name=orderType][value='1']").check();

            publish("A002", "23:53", "2677.75");
            assertThat(screen.find("price-chart .last")).hasText("¥2,677.75");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2623.75");

            screen.find("input[name=orderType][value='0']").check();
            publish("A002", "23:54", "2688.75");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2688.75");

            // The user is about to click.
            screen.find("order-ticket button").hover();
            publish("A002", "23:55", "2699.75");
            assertThat(screen.find("price-chart .last")).hasText("¥2,699.75");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2688.75");
        } finally {
            unpublish("2623.75", "2677.75", "2688.75", "2699.75");
        }
    }

    @Test
    void selectingAnotherStockInTheChartChangesThePrice() {
        publish("A001", "23:52", "410.75");
        try (Screen screen = open()) {
            screen.find("#ticket-stockCode").selectOption("A002");
            screen.find("input[name=orderType][value='1']").check();
            screen.find("#ticket-orderPrice").fill("2500");

            screen.find("#chart-stock").selectOption("A001");

            assertThat(screen.find("#ticket-stockCode")).hasValue("A001");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("410.75");
        } finally {
            unpublish("410.75");
        }
    }
}
