package finmicro.system;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Project;
import finmicro.local.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Base class of tests that use the screen in a browser. Screenshots are in {@code stock-local/target/screen}. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
abstract class ScreenTest {

    private static final Path SCREENSHOTS = Project.located().target("screen");

    static Browser browser;

    final TradingSystem system;
    final Trading trading;

    ScreenTest(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    final URI address() {
        return system.server(Service.TRADE).uri();
    }

    final Screen open() {
        return Screen.open(browser, address());
    }

    final Screen open(String locale) {
        return Screen.open(browser, address(), locale, ColorScheme.LIGHT, 1280);
    }

    static void screenshot(Screen screen, String name) {
        screen.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + ".png"))
                        .setFullPage(true));
    }

    /** Publishes a price of today. Each test uses a different time, later than the prices of stock-market. */
    final void publish(String stockCode, String time, String price) {
        trading.send(
                EmbeddedQueues.PRICES,
                ("{\"stockCode\":\"%s\",\"stockName\":\"any\",\"datePrice\":[{\"date\":%s,"
                                + "\"timePrice\":[{\"time\":\"%s\",\"price\":%s}]}]}")
                        .formatted(
                                stockCode,
                                LocalDate.now(ZoneId.of("Asia/Tokyo"))
                                        .toString()
                                        .replace("-", ""),
                                time,
                                price));
    }

    /** Removes the prices that a test has published. */
    final void unpublish(String... prices) {
        trading.change("StockItems", "DELETE FROM time_prices WHERE price IN (" + String.join(",", prices) + ")");
    }
}
