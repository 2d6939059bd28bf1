package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a user does on the screen, in a real browser. */
class ScreenIT extends ScreenTest {

    ScreenIT(TradingSystem system) {
        super(system);
    }

    /** The README shows its screenshot, so the customer has the cash of a new account and some shares. */
    @Test
    void marketOrdersSettleInTheHoldings() {
        Trading.Assets rest = trading.reduceTo(10_000_000, 20, 52_000);
        try (Screen screen = open()) {
            screen.order("BUY", "0", "3", "2650");
            screen.awaitStatus(screen.acceptedNumber(), "1");
            awaitHolding(screen);

            screen.order("SELL", "0", "1", "2650");
            screen.awaitStatus(screen.acceptedNumber(), "1");
            awaitHolding(screen);

            screenshot(screen, "screen");
            assertThat(screen.errors()).isEmpty();
        } finally {
            trading.giveBack(rest);
        }
    }

    /** The market fills about half of the limit orders. */
    @ParameterizedTest
    @CsvSource({"BUY,5", "SELL,1"})
    void limitOrdersAreFilledOrFail(String side, String quantity) {
        buy(2);
        try (Screen screen = open()) {
            List<String> ends = new ArrayList<>();
            while (!ends.contains("1")) {
                assertThat(ends).hasSizeLessThan(20);
                screen.order(side, "1", quantity, "2000");
                long tradeNo = screen.acceptedNumber();
                screen.awaitStatus(tradeNo, "1|2");
                ends.add(screen.order(tradeNo).getAttribute("data-status"));
            }
            awaitHolding(screen);
            assertThat(screen.errors()).isEmpty();
        }
    }

    private void buy(long quantity) {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "2650", quantity)));
    }

    /** Waits until everything is settled and the screen shows the actual cash and A002. */
    private void awaitHolding(Screen screen) {
        trading.notDone().forEach(tradeNo -> trading.awaitDone(Long.parseLong(tradeNo)));
        screen.awaitText(screen.holding("A002", "Shares"), "%,d".formatted(trading.quantity("A002")));
        screen.awaitText(screen.find("cash-panel .cash dd"), "¥%,d".formatted(trading.cash()));
    }

    @Test
    void costIsShownBeforeTheOrderIsSent() {
        try (Screen screen = open()) {
            screen.find("#ticket-orderQuantity").fill("1000");
            screen.find("#ticket-orderPrice").fill("249.9999");
            assertThat(screen.find(".estimate .amount dd")).hasText("¥249,999");
            assertThat(screen.find(".estimate .fee dd")).hasText("¥1,000");
            assertThat(screen.find(".estimate .tax dd")).hasText("¥100");
            assertThat(screen.find(".estimate .cost dd")).hasText("¥251,099");

            screen.find("#ticket-orderPrice").fill("500");
            screen.find("input[value=SELL]").check();
            assertThat(screen.find(".estimate .fee dd")).hasText("¥10,000");
            assertThat(screen.find(".estimate .cost dt")).hasText("Estimated proceeds");
            assertThat(screen.find(".estimate .cost dd")).hasText("¥489,000");
        }
    }

    @Test
    void errorIsShownNextToItsField() {
        long rows = trading.rows();
        try (Screen screen = open()) {
            screen.order("BUY", "1", "0", "2650");
            assertThat(screen.find("#ticket-orderQuantity-error")).not().isEmpty();
            assertThat(screen.find("#ticket-orderQuantity")).hasAttribute("aria-invalid", "true");
            assertThat(screen.find("#ticket-orderQuantity")).isFocused();

            screen.order("BUY", "1", "1", "10000001");
            assertThat(screen.find("#ticket-orderPrice-error")).not().isEmpty();
            assertThat(screen.find("#ticket-orderQuantity-error")).isEmpty();

            screen.order("BUY", "1", "many", "2650");
            assertThat(screen.find("#ticket-orderQuantity-error")).hasText("Enter a whole number, e.g. 100");
            screenshot(screen, "refused");
            assertThat(trading.rows()).isEqualTo(rows);
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void orderBeyondTheBuyingPowerIsRefusedWithTheAvailableAmount() {
        Trading.Assets rest = trading.reduceTo(1_000, 20, 52_000);
        try (Screen screen = open()) {
            screen.order("BUY", "1", "1", "2650");
            screen.awaitText(
                    screen.find("order-ticket [role=alert]"),
                    "Insufficient buying power. Required: ¥3,750. Available: ¥1,000.");
        } finally {
            trading.giveBack(rest);
        }
    }

    @Test
    void sellBeyondTheHoldingIsRefusedWithTheAvailableShares() {
        Trading.Assets rest = trading.reduceTo(10_000_000, 2, 5_200);
        try (Screen screen = open()) {
            screen.order("SELL", "0", "3", "2650");
            screen.awaitText(
                    screen.find("order-ticket [role=alert]"),
                    "Insufficient shares. Required: 3. Available to sell: 2.");
        } finally {
            trading.giveBack(rest);
        }
    }

    @Test
    void openOrderIsCancelled() {
        long tradeNo = 9_100_000_000L;
        trading.openTrade(tradeNo);
        try (Screen screen = open()) {
            screen.awaitStatus(tradeNo, "0");

            screen.button("Cancel order " + tradeNo).click();

            screen.awaitStatus(tradeNo, "9");
            assertThat(screen.order(tradeNo).locator("button")).hasCount(0);
            screen.awaitText(screen.find("order-list [role=status]"), "Order " + tradeNo + ": Cancelled");
            assertThat(screen.errors()).isEmpty();
        } finally {
            trading.removeTrade(tradeNo);
        }
    }

    @Test
    void eachTabShowsTheAccountSelectedInIt() {
        String account = "carol-" + System.nanoTime();
        try (Screen screen = open();
                Screen other = open()) {
            screen.find("#account").fill("not an id");
            screen.find("#account").press("Enter");
            screen.awaitText(screen.find("#account-error"), "Enter 1 to 64 letters, digits or . _ : @ -");

            screen.find("#account").fill(account);
            screen.find("#account").press("Enter");
            screen.awaitText(screen.find("cash-panel .buyingPower dd"), "¥10,000,000");
            screen.awaitState("live");
            screen.order("BUY", "0", "1", "2650");
            long tradeNo = screen.acceptedNumber();

            screen.awaitStatus(tradeNo, "1");
            screen.awaitText(screen.holding("A002", "Shares"), "1");
            assertThat(screen.holding("A002", "Cost basis")).containsText("¥");
            screen.page().reload();
            screen.awaitStatus(tradeNo, "1");
            assertThat(other.find("#account")).hasValue("main");
            assertThat(other.order(tradeNo)).hasCount(0);
            assertThat(screen.accessibilityViolations()).isEmpty();
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void statementListsTheBookingsAndIsSavedAsACsvFile() throws IOException {
        long tradeNo = trading.place(Trading.order("BUY", "0", "2650", 1));
        trading.awaitDone(tradeNo);
        try (Screen screen = open()) {
            screen.find("account-statement summary").click();
            assertThat(screen.find("account-statement tbody tr").first()).containsText("Buy, order ");
            assertThat(screen.find("account-statement table")).containsText("Buy, order " + tradeNo);

            screen.find("account-statement input[name=from]").fill("2020-01-02");
            screen.find("account-statement input[name=to]").fill("2020-01-01");
            assertThat(screen.find("account-statement [role=status]"))
                    .hasText("The From date must not be after the To date.");
            screen.find("account-statement input[name=to]").fill("2020-01-02");
            assertThat(screen.find("account-statement")).containsText("No entries.");
            screen.find("account-statement input[name=from]").fill("");
            screen.find("account-statement input[name=to]").fill("");
            assertThat(screen.find("account-statement table")).containsText("Buy, order " + tradeNo);

            Download download = screen.page().waitForDownload(screen.find("account-statement form button")::click);
            assertThat(Files.readString(download.path())).startsWith("\ufeff").contains("," + tradeNo + ",BUY,");
            assertThat(screen.accessibilityViolations()).isEmpty();
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void orderHistoryIsFilteredAndSavedAsACsvFile() throws IOException {
        long market = trading.place(Trading.order("SELL", "0", "2650", 1));
        long limit = trading.place(Trading.order("SELL", "1", "2650", 1));
        trading.awaitDone(market);
        trading.awaitDone(limit);
        try (Screen screen = open()) {
            screen.find("order-history summary").click();
            assertThat(screen.find("order-history [data-trade='%d']".formatted(limit)))
                    .isVisible();

            screen.find("order-history select[name=side]").selectOption("SELL");
            screen.find("order-history select[name=type]").selectOption("0");
            screen.find("order-history input[name=from]").fill("2020-06-07");
            screen.find("order-history input[name=to]").fill("2020-06-07");
            assertThat(screen.find("order-history [data-trade='%d']".formatted(limit)))
                    .hasCount(0);
            assertThat(screen.find("order-history [data-trade='%d']".formatted(market)))
                    .isVisible();

            Download download = screen.page().waitForDownload(screen.find("order-history form button")::click);
            assertThat(Files.readString(download.path()))
                    .startsWith("\ufefftradeNo,")
                    .contains("\r\n" + market + ",20200607,11:25:00,A002,SELL,0,2650,")
                    .doesNotContain("\n" + limit + ",");
            screen.find("order-history select[name=status]").selectOption("9");
            screen.find("order-history input[name=to]").fill("2020-06-06");
            assertThat(screen.find("order-history [role=status]"))
                    .hasText("The From date must not be after the To date.");
            assertThat(screen.accessibilityViolations()).isEmpty();
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void responseToAnEarlierFilterIsIgnored() {
        long market = trading.place(Trading.order("SELL", "0", "2650", 1));
        trading.awaitDone(market);
        try (Screen screen = open()) {
            screen.find("order-history summary").click();
            assertThat(screen.find("order-history [data-trade='%d']".formatted(market)))
                    .isVisible();
            List<Route> delayed = new ArrayList<>();
            screen.page().route(url -> url.endsWith("?limit=50&status=9"), delayed::add);

            screen.find("order-history select[name=status]").selectOption("9");
            screen.find("order-history input[name=to]").fill("2020-06-08");
            screen.find("order-history input[name=from]").fill("2020-06-09");
            assertThat(screen.find("order-history [role=status]"))
                    .hasText("The From date must not be after the To date.");
            screen.page()
                    .waitForResponse(
                            response -> response.url().endsWith("?limit=50&status=9"),
                            () -> delayed.get(0).resume())
                    .finished();
            // The page has processed the response by its next frame.
            screen.page()
                    .evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

            assertThat(screen.find("order-history [role=status]"))
                    .hasText("The From date must not be after the To date.");
        }
    }

    @Test
    void everythingIsShownAfterAReload() {
        try (Screen screen = open()) {
            screen.order("BUY", "0", "1", "2650");
            long tradeNo = screen.acceptedNumber();
            screen.awaitStatus(tradeNo, "1");
            trading.awaitDone(tradeNo);

            screen.page().reload();

            screen.awaitState("live");
            screen.awaitStatus(tradeNo, "1");
            awaitHolding(screen);
            assertThat(Integer.parseInt(screen.find(".plot").getAttribute("data-points")))
                    .isPositive();
            assertThat(screen.find(".plot canvas")).isVisible();
        }
    }

    @Test
    void lostStreamIsShownAndResumedWithMissedEvents() {
        try (Screen screen = Screen.open(browser, system.pageAddress())) {
            system.tradeGate().cut();
            screen.awaitState("polling|partial|unreachable");
            long missed = trading.place(Trading.order("BUY", "0", "2650", 1));
            trading.awaitDone(missed);

            system.tradeGate().open();

            screen.awaitState("live");
            screen.awaitStatus(missed, "1");
            screen.order("BUY", "0", "1", "2650");
            screen.awaitStatus(screen.acceptedNumber(), "1");
        }
    }

    @Test
    void pageWithoutStreamsPolls() {
        try (Screen screen = open()) {
            // Without shared workers, because their requests cannot be intercepted by the page.
            screen.page().addInitScript("delete self.SharedWorker");
            screen.page().route("**/events", Route::abort);
            screen.page().reload();
            screen.awaitState("polling");

            long tradeNo = trading.place(Trading.order("BUY", "0", "2650", 1));

            screen.awaitStatus(tradeNo, "1");
            screenshot(screen, "polling");
        }
    }

    @Test
    void storedPricesAreShownAtOnce() {
        try (Screen screen = open()) {
            screen.find("#chart-stock").selectOption("A002");
            publish("A002", "23:59", "2777.5");

            screen.awaitText(screen.find("price-chart .last"), "¥2,777.5");
            assertThat(screen.find("#ticket-orderPrice")).hasValue("2777.5");
        } finally {
            unpublish("2777.5");
        }
    }

    @Test
    void orderIsPlacedWithOnlyTheKeyboard() {
        try (Screen screen = open()) {
            var keyboard = screen.page().keyboard();
            keyboard.press("Tab");
            assertThat(screen.find(".skip")).isFocused();
            keyboard.press("Enter");
            keyboard.press("Tab");
            assertThat(screen.find("#ticket-stockCode")).isFocused();
            keyboard.press("Tab");
            keyboard.press("ArrowRight");
            assertThat(screen.find("input[value=SELL]")).isChecked();
            keyboard.press("ArrowLeft");
            keyboard.press("Tab");
            keyboard.press("Tab");
            keyboard.type("1");
            keyboard.press("Tab");
            assertThat(screen.find("#ticket-orderPrice")).isFocused();
            keyboard.type("2650");
            keyboard.press("Enter");

            screen.awaitStatus(screen.acceptedNumber(), "1");
        }
    }

    @Test
    void olderOrdersAreShownOnRequest() {
        while (trading.number("StockTrade", "SELECT COUNT(*) FROM trades WHERE account = 'main'") < 25) {
            trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        }
        try (Screen screen = open()) {
            var rows = screen.find("order-list tbody tr");
            assertThat(rows).hasCount(20);

            screen.button("Show older orders").click();

            assertThat(rows.nth(20)).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,360", "DARK,360"})
    void pageIsAccessible(ColorScheme colours, int width) {
        buy(1);
        try (Screen screen = Screen.open(browser, address(), "en-US", colours, width)) {
            screen.order("BUY", "1", "0", "2650");
            assertThat(screen.find("#ticket-orderQuantity-error")).not().isEmpty();
            assertThat(screen.order(lastTrade())).isVisible();

            assertThat(screen.accessibilityViolations()).isEmpty();
            assertThat((Integer) screen.page().evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            screenshot(screen, colours.name().toLowerCase() + "-" + width);
        }
    }

    private long lastTrade() {
        return trading.number("StockTrade", "SELECT MAX(trade_no) FROM trades WHERE account = 'main'");
    }

    @Test
    void japaneseBrowserShowsJapanese() {
        try (Screen screen = Screen.open(browser, address(), "ja-JP", ColorScheme.LIGHT, 1280)) {
            assertThat(screen.find("html")).hasAttribute("lang", "ja");
            assertThat(screen.page()).hasTitle("株式取引");
            assertThat(screen.find("order-ticket button")).hasText("注文する");
            screen.awaitText(screen.find("cash-panel .cash dd"), "%,d円".formatted(trading.cash()));
            screen.order("BUY", "1", "0", "2650");
            assertThat(screen.find("#ticket-orderQuantity-error")).hasText("1株以上10,000,000株以下で入力してください。");
            assertThat(screen.find("body")).not().containsText("undefined");
            screenshot(screen, "japanese");
        }
    }

    @Test
    void pageHasSecurityHeaders() {
        Trading.Answer page = trading.get(Service.TRADE, "/");

        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .contains("connect-src 'self' " + system.server(Service.ITEMS).uri() + " "
                        + system.server(Service.BALANCE).uri())
                .doesNotContain("unsafe");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.headers()).doesNotContainKey("strict-transport-security");
        assertThat(trading.send(trading.request(Service.TRADE, "/").header("X-Forwarded-Proto", "https"))
                        .header("strict-transport-security"))
                .startsWith("max-age=");
        assertThat(trading.get(Service.TRADE, "/openapi/ui/").header("content-security-policy"))
                .contains("unsafe-inline");
    }
}
