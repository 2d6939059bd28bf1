package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Administration of accounts on the screen. Without authentication every user may do it. */
class OperatorScreenIT extends ScreenTest {

    private final String account = "op-" + System.nanoTime();

    OperatorScreenIT(TradingSystem system) {
        super(system);
    }

    private static Screen administer(Screen screen) {
        screen.find("account-admin summary").click();
        assertThat(screen.find("account-admin table")).isVisible();
        return screen;
    }

    /** Opens the account and returns the screen with the list of accounts. */
    private Screen opened() {
        Screen screen = administer(open());
        screen.find("#open-account").fill(account);
        screen.button("Open").click();
        screen.awaitText(status(screen), "Account " + account + " is open.");
        return screen;
    }

    private Locator row(Screen screen) {
        return screen.find("account-admin tr[data-account='" + account + "']");
    }

    private Locator cell(Screen screen, String head) {
        return row(screen).locator("[data-head='" + head + "']");
    }

    private static Locator status(Screen screen) {
        return screen.find("account-admin details > [role=status]");
    }

    private static Locator alert(Screen screen) {
        return screen.find("account-admin details > [role=alert]");
    }

    private Locator action(Screen screen, String name) {
        return screen.button(name + ": account " + account);
    }

    private static void book(Screen screen, String type, String amount) {
        screen.find("cash-form input[value=" + type + "]").check();
        screen.find("#cash-amount").fill(amount);
        screen.button("Book").click();
    }

    private long movements() {
        return trading.number("StockTrade", "SELECT COUNT(*) FROM cash_movements WHERE account = '" + account + "'");
    }

    @Test
    void accountIsOpenedFundedSuspendedAndShown() {
        try (Screen screen = opened()) {
            assertThat(cell(screen, "Cash")).hasText("¥10,000,000");
            assertThat(row(screen)).hasAttribute("data-status", "ACTIVE");

            action(screen, "Deposit or withdraw").click();
            assertThat(screen.find("#cash-amount")).isFocused();
            assertThat(screen.find("#cash-account")).hasValue(account);
            book(screen, "DEPOSIT", "500");
            screen.awaitText(
                    screen.find("cash-form [role=status]"), "Deposit of ¥500 booked to account " + account + ".");
            assertThat(cell(screen, "Cash")).hasText("¥10,000,500");
            book(screen, "WITHDRAWAL", "10000501");
            screen.awaitText(
                    screen.find("cash-form [role=alert]"),
                    "Insufficient cash. Requested: ¥10,000,501. Available: ¥10,000,500.");
            book(screen, "WITHDRAWAL", "100");
            assertThat(cell(screen, "Cash")).hasText("¥10,000,400");

            action(screen, "Suspend").click();
            assertThat(row(screen)).hasAttribute("data-status", "SUSPENDED");
            screen.awaitText(status(screen), "Account " + account + ": Suspended");
            screenshot(screen, "operator");
            action(screen, "Show").click();
            screen.awaitText(screen.find("cash-panel .buyingPower dd"), "¥10,000,400");
            assertThat(screen.find("cash-panel .note")).containsText("suspended");
            screen.order("BUY", "0", "1", "2650");
            screen.awaitText(
                    screen.find("order-ticket [role=alert]"),
                    "This account is suspended. New orders are not accepted.");
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void accountIsClosedAfterConfirmationOnceItIsEmpty() {
        try (Screen screen = opened()) {
            action(screen, "Close").click();
            assertThat(screen.find("dialog")).containsText("Close account " + account + "?");
            assertThat(screen.accessibilityViolations()).isEmpty();
            screen.page().keyboard().press("Escape");
            assertThat(screen.find("dialog")).hasCount(0);
            assertThat(action(screen, "Close")).isFocused();

            action(screen, "Close").click();
            screen.find("dialog .danger").click();
            assertThat(alert(screen)).containsText("its cash is 10000000 yen");
            assertThat(row(screen)).hasAttribute("data-status", "ACTIVE");

            action(screen, "Deposit or withdraw").click();
            book(screen, "WITHDRAWAL", "10000000");
            assertThat(cell(screen, "Cash")).hasText("¥0");
            action(screen, "Close").click();
            screen.find("dialog .danger").click();
            assertThat(row(screen)).hasAttribute("data-status", "CLOSED");
            assertThat(row(screen).locator("button")).hasCount(1);
            book(screen, "DEPOSIT", "1");
            screen.awaitText(screen.find("cash-form [role=alert]"), "This account is closed and cannot be changed.");
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void movementIsBookedOnceDespiteDoubleClickLostResponseAndReload() {
        try (Screen screen = opened()) {
            AtomicInteger sent = new AtomicInteger();
            screen.page().route("**/trade/cash-movements", route -> {
                // The service books the movement, but the response is lost, and later requests do not arrive.
                if (sent.getAndIncrement() == 0) {
                    route.fetch();
                }
                route.abort();
            });
            action(screen, "Deposit or withdraw").click();
            screen.find("#cash-amount").fill("700");
            screen.button("Book").dblclick();
            screen.awaitText(screen.find("cash-form [role=alert]"), "We could not confirm the booking. Checking…");
            screen.page().waitForCondition(() -> sent.get() >= 2);

            screen.page().reload();
            assertThat(screen.find("#cash-amount")).hasValue("700");
            screen.page().unroute("**/trade/cash-movements");

            assertThat(screen.find("cash-form [role=status]")).containsText("Deposit of ¥700 booked");
            assertThat(screen.find("#cash-amount")).isEmpty();
            assertThat(movements()).isEqualTo(1);
        }
    }

    @Test
    void invalidFieldIsNamed() {
        try (Screen screen = administer(open())) {
            screen.find("#open-account").fill("not an id");
            screen.button("Open").click();
            assertThat(screen.find("#open-account-error")).hasText("Enter 1 to 64 letters, digits or . _ : @ -");
            assertThat(screen.find("#open-account")).isFocused();

            screen.find("#cash-account").fill(account);
            book(screen, "DEPOSIT", "1.5");
            assertThat(screen.find("#cash-amount-error")).hasText("Enter a whole number, e.g. 100");
            assertThat(screen.find("#cash-amount")).isFocused();
            book(screen, "DEPOSIT", "0");
            assertThat(screen.find("#cash-amount-error")).hasText("Enter 1 to 1,000,000,000,000 yen.");
            screen.awaitText(screen.find("cash-form [role=alert]"), "Nothing was booked. Fix the highlighted fields.");
            assertThat(movements()).isZero();
            assertThat(screen.errors()).isEmpty();
        }
    }

    @Test
    void failureOfTheServiceIsShown() {
        try (Screen screen = open()) {
            screen.page().route("**/trade/accounts**", Route::abort);
            screen.find("account-admin summary").click();
            screen.awaitText(alert(screen), "The service is not available. Try again.");

            screen.page().unroute("**/trade/accounts**");
            screen.button("Find").click();
            assertThat(screen.find("account-admin table")).isVisible();
            screen.awaitText(alert(screen), "");
        }
    }

    @Test
    void accountsAreFoundByTheirIdsPageByPage() {
        try (Screen screen = opened()) {
            screen.find("account-admin input[name=from]").fill(account);
            screen.find("account-admin input[name=from]").press("Enter");
            assertThat(screen.find("account-admin tbody tr").first()).hasAttribute("data-account", account);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,360", "DARK,360"})
    void pageIsAccessible(ColorScheme colours, int width) {
        try (Screen screen = administer(Screen.open(browser, address(), "en-US", colours, width))) {
            screen.button("Book").click();
            assertThat(screen.find("#cash-account-error")).not().isEmpty();

            assertThat(screen.accessibilityViolations()).isEmpty();
            assertThat((Integer) screen.page().evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            screenshot(screen, "operator-" + colours.name().toLowerCase() + "-" + width);
        }
    }

    @Test
    void japaneseBrowserShowsJapanese() {
        try (Screen screen = administer(Screen.open(browser, address(), "ja-JP", ColorScheme.LIGHT, 1280))) {
            screen.button("登録する").click();
            assertThat(screen.find("#cash-amount-error")).hasText("半角の整数で入力してください（例：100）。");
            assertThat(screen.find("account-admin h2")).hasText("口座管理");
            assertThat(screen.find("body")).not().containsText("undefined");
            screenshot(screen, "operator-japanese");
        }
    }
}
