package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The trading screen in a browser window. */
final class Screen implements AutoCloseable {

    private static final double TIMEOUT_MILLIS = 20_000;
    private static final Pattern TRADE_NO = Pattern.compile("\\d{5,}");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private Screen(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(TIMEOUT_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            // Failed calls are shown on the page, so the messages of the browser about them do not count.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(message.text());
            }
        });
    }

    /** Opens the page in English, with light colours, on a wide screen. */
    static Screen open(Browser browser, URI address) {
        return open(browser, address, "en-US", ColorScheme.LIGHT, 1280);
    }

    static Screen open(Browser browser, URI address, String locale, ColorScheme colours, int width) {
        return window(
                browser.chromium()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale(locale)
                                .setColorScheme(colours)
                                .setViewportSize(width, 900)),
                address);
    }

    /** Opens another window of a context, with which it shares cookies, connections and workers. */
    static Screen window(BrowserContext context, URI address) {
        Screen screen = new Screen(context);
        screen.page.navigate(address.resolve("/").toString());
        screen.awaitState("live");
        return screen;
    }

    /** Opens a window and signs in a user of the local login page. */
    static Screen signedIn(BrowserContext context, URI address, String user) {
        Screen screen = new Screen(context);
        screen.page.navigate(address.resolve("/").toString());
        screen.awaitState("signedOut");
        screen.find("sign-in button").click();
        screen.find("form:has(input[value=" + user + "]) button").click();
        screen.awaitState("live");
        return screen;
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** Waits for a state of the connection: {@code live}, {@code polling} ..., or a regular expression for several. */
    void awaitState(String states) {
        assertThat(find("connection-state")).hasAttribute("data-state", Pattern.compile(states));
    }

    /** Fills in the ticket for A002 and sends it. Selects the stock because the default depends on the prices. */
    void order(String side, String type, String quantity, String price) {
        find("#ticket-stockCode").selectOption("A002");
        find("input[name=tradeType][value=" + side + "]").check();
        find("input[name=orderType][value='" + type + "']").check();
        find("#ticket-orderQuantity").fill(quantity);
        find("#ticket-orderPrice").fill(price);
        send();
    }

    void send() {
        find("order-ticket button").click();
    }

    /** Number of the order that was just accepted. */
    long acceptedNumber() {
        var accepted = find("order-ticket [role=status]");
        awaitText(accepted, TRADE_NO);
        var number = TRADE_NO.matcher(accepted.textContent());
        number.find();
        return Long.parseLong(number.group());
    }

    /** The row of an order in the list. */
    Locator order(long tradeNo) {
        return find("order-list tr[data-order='" + tradeNo + "']");
    }

    /** Waits for a status of the order: a code, or a regular expression for several. */
    void awaitStatus(long tradeNo, String codes) {
        assertThat(order(tradeNo)).hasAttribute("data-status", Pattern.compile(codes));
    }

    /** The cell of a stock in the table of holdings, by its column head. */
    Locator holding(String stockCode, String head) {
        return find("holdings-table tr[data-stock=" + stockCode + "] td[data-head='" + head + "']");
    }

    void awaitText(Locator where, String text) {
        assertThat(where).hasText(text);
    }

    void awaitText(Locator where, Pattern text) {
        assertThat(where).hasText(text);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Violations of WCAG 2.2 AA and of best practices that axe-core finds. */
    List<String> accessibilityViolations() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream().map(Screen::text).toList();
    }

    private static String text(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** Errors of the page, including violations of its content security policy. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        context.close();
    }
}
