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

/** The screen to trade on, as somebody sees it in a browser of his own. */
final class Screen implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 20_000;
    private static final Pattern TRADE_NO = Pattern.compile("\\d{5,}");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Screen(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // Of the browser about a call that was refused or got no answer, there is nothing that is not shown.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
    }

    /** In English, light, on a wide screen. */
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

    /** Another window of a browser: it shares cookies, connections and workers with the others of its context. */
    static Screen window(BrowserContext context, URI address) {
        Screen screen = new Screen(context);
        screen.page.navigate(address.resolve("/").toString());
        screen.awaitState("live");
        return screen;
    }

    /** A window in which a user of the local login page has signed in. */
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

    /** Waits until the connection is {@code live}, {@code polling} or {@code away}, or one of several. */
    void awaitState(String states) {
        assertThat(find("connection-state")).hasAttribute("data-state", Pattern.compile(states));
    }

    /** Fills the ticket in and sends it, for A002: which stock is chosen first depends on which have prices. */
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

    /** The number of the order that was just accepted. */
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

    /** Waits until the order stands so: a status code, or one of several. */
    void awaitStatus(long tradeNo, String codes) {
        assertThat(order(tradeNo)).hasAttribute("data-status", Pattern.compile(codes));
    }

    /** The cell of what is held of a stock under that head. */
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

    /** What axe-core finds wrong by WCAG 2.2 AA and its own best practices. */
    List<String> barriers() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream().map(Screen::told).toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** Errors of the page's own, and what the content security policy refused it. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        context.close();
    }
}
