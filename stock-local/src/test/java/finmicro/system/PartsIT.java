package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failing part of the screen does not affect the other parts. */
@Tag("edge")
@Tag("long")
class PartsIT extends ScreenTest {

    PartsIT(TradingSystem system) {
        super(system);
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, price-chart, **/stock/prices*, false, Could not be loaded. Trying again…",
        "en-US, cash-panel, **/trade/account, true, Connection lost. Data may be out of date.",
        "ja-JP, price-chart, **/stock/prices*, false, 読み込めませんでした。再試行しています…",
        "ja-JP, order-list, **/trade/order?limit*, true, 接続が切れました。表示が最新でない可能性があります。"
    })
    void otherPartsAreShownAndTheFailedOneShowsItsState(
            String locale, String part, String request, boolean unreachable, String text) {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "2650", 1)));
        try (Screen screen = open(locale)) {
            screen.page().route(request, route -> {
                if (unreachable) {
                    route.abort();
                } else {
                    route.fulfill(new Route.FulfillOptions().setStatus(500));
                }
            });
            screen.page().reload();

            screen.awaitText(screen.find(part + " part-state"), text);
            screen.awaitState("partial");
            for (String other : new String[] {"price-chart canvas", "holdings-table tbody tr", "order-list tbody tr"}) {
                if (!other.startsWith(part)) {
                    assertThat(screen.find(other).first()).isVisible();
                }
            }
            screenshot(screen, "failed-" + part + "-" + locale);

            screen.page().unroute(request);
            screen.awaitState("live");
            assertThat(screen.find(part + " part-state")).isEmpty();
            assertThat(screen.errors()).isEmpty();
        }
    }
}
