package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import finmicro.local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("edge")
class TryItOutIT {

    private final TradingSystem system;
    private final Trading trading;

    TryItOutIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void orderOfTheExampleIsPlacedFromTheOpenApiPage() {
        try (Browser browser = Browser.start();
                Page page = browser.chromium().newPage()) {
            page.navigate(
                    system.server(Service.TRADE).uri().resolve("/openapi/ui/").toString());
            Locator operation = page.locator("#operations-orders-placeOrder");

            operation.locator(".opblock-summary-control").click();
            operation.locator(".try-out__btn").click();
            operation.locator(".execute").click();

            Locator answer = operation.locator(".live-responses-table .response");
            assertThat(answer.locator(".response-col_status")).containsText("201");
            assertThat(answer).containsText("acceptanceResult");
            trading.awaitDone(tradeNo(answer));
        }
    }

    /** Out of the header of the answer: {@code location: /trade/order/10012}. */
    private static long tradeNo(Locator answer) {
        return Long.parseLong(answer.textContent().replaceFirst("(?s).*/trade/order/(\\d+).*", "$1"));
    }
}
