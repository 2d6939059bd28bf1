package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import finmicro.local.OidcServer;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users that sign in at the login page of the local system, each in a window of one browser. */
@Tag("long")
class CustomersScreenIT extends ScreenTest {

    private static final List<Service> SERVICES = List.of(Service.ITEMS, Service.BALANCE, Service.TRADE);

    private static OidcServer oidc;
    private static SignedInServers servers;

    private BrowserContext context;

    CustomersScreenIT(TradingSystem system) {
        super(system);
    }

    @BeforeAll
    static void startServers(TradingSystem system) {
        oidc = new OidcServer(
                Ports.free().of(Port.OIDC),
                Duration.ofMinutes(5),
                Project.located().root().resolve("stock-local/src/main/resources/login.html"));
        servers = SignedInServers.assemble(system, SERVICES, oidc.environment());
        servers.start(Map.of());
        servers.awaitReady();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
        oidc.close();
    }

    @BeforeEach
    void openBrowser() {
        context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"));
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    private Screen signIn(String user) {
        return Screen.signedIn(context, servers.page(), user);
    }

    private static long buyOne(Screen screen) {
        screen.order("BUY", "0", "1", "2650");
        long tradeNo = screen.acceptedNumber();
        screen.awaitStatus(tradeNo, "1");
        return tradeNo;
    }

    /**
     * Closes the window: a browser opens at most six connections to an HTTP/1.1 origin, and the streams of each customer take
     * two.
     */
    private long buyOneAndLeave(String user) {
        Screen screen = signIn(user);
        long tradeNo = buyOne(screen);
        awaitBooked(tradeNo);
        screen.page().close();
        return tradeNo;
    }

    @Test
    void customersInTwoWindowsSeeOnlyTheirOwnOrders() {
        Screen alice = signIn("alice");
        Screen bob = signIn("bob");

        long first = buyOne(alice);
        long second = buyOne(bob);

        assertThat(alice.find("sign-in")).containsText("Account alice");
        assertThat(bob.find("sign-in")).containsText("Account bob");
        assertThat(alice.order(second)).hasCount(0);
        assertThat(bob.order(first)).hasCount(0);
        assertShowsAccount(alice, "alice");
        assertShowsAccount(bob, "bob");
        assertStatementHas(alice, first, second);
        assertStatementHas(bob, second, first);
        alice.page().reload();
        alice.awaitStatus(first, "1");
        assertThat(alice.order(second)).hasCount(0);
        assertThat(alice.errors()).isEmpty();
        assertThat(bob.errors()).isEmpty();
    }

    /** Waits for the account events that update the panels. */
    private void assertShowsAccount(Screen screen, String account) {
        String row = " FROM accounts WHERE account = '" + account + "'";
        screen.awaitText(
                screen.find("cash-panel .buyingPower dd"),
                "¥%,d".formatted(trading.number("StockTrade", "SELECT cash - reserved_cash" + row)));
        screen.awaitText(
                screen.find("cash-panel .cash dd"),
                "¥%,d".formatted(trading.number("StockTrade", "SELECT cash" + row)));
        screen.awaitText(
                screen.holding("A002", "Shares"),
                "%,d"
                        .formatted(trading.number(
                                "StockTrade",
                                "SELECT quantity FROM positions WHERE account = '%s' AND stock_code = 'A002'"
                                        .formatted(account))));
    }

    private void awaitBooked(long tradeNo) {
        await().atMost(Duration.ofSeconds(60)).until(() -> trading.moves(tradeNo) == 1);
    }

    private void assertStatementHas(Screen screen, long own, long other) {
        awaitBooked(own);
        awaitBooked(other);
        screen.find("account-statement summary").click();
        assertThat(screen.find("account-statement table")).containsText("Buy, order " + own);
        assertThat(screen.find("account-statement table")).not().containsText("order " + other);
    }

    @Test
    void statementOfACustomerIsFilteredAndDownloaded() throws IOException {
        Screen alice = signIn("alice");
        Screen bob = signIn("bob");
        long own = buyOne(alice);
        long other = buyOne(bob);
        assertStatementHas(alice, own, other);

        alice.find("account-statement select").selectOption("A001");
        assertThat(alice.find("account-statement")).not().containsText("order " + own);
        alice.find("account-statement select").selectOption("A002");
        assertThat(alice.find("account-statement table")).containsText("Buy, order " + own);

        Download download = alice.page().waitForDownload(alice.button("Download CSV")::click);
        assertThat(Files.readString(download.path()))
                .startsWith("\ufeff")
                .contains("," + own + ",BUY,")
                .doesNotContain("," + other + ",", "OPENING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "vera"})
    void customersSeeNoOperatorFunctions(String user) {
        Screen screen = signIn(user);

        assertThat(screen.find("account-admin")).isEmpty();
        assertThat(screen.find("account-admin")).isHidden();
        assertThat(screen.find("account-switch")).isEmpty();
        assertThat(screen.find("order-ticket")).isVisible(new IsVisibleOptions().setVisible(user.equals("alice")));
        assertThat(screen.find("cash-panel")).isVisible();
        assertThat(screen.accessibilityViolations()).isEmpty();
    }

    @Test
    void operatorOpensAnAccountAndReturnsToAll() {
        long own = buyOneAndLeave("alice");
        long other = buyOneAndLeave("bob");
        long ofMain = trading.place(Trading.order("BUY", "0", "2650", 1));

        Screen olga = signIn("olga");
        olga.awaitState("live");
        assertThat(olga.find("order-ticket")).isHidden();
        assertThat(olga.find("cash-panel")).isHidden();
        assertThat(olga.order(own).locator("[data-head=Account]")).hasText("alice");
        assertThat(olga.order(other).locator("[data-head=Account]")).hasText("bob");
        assertThat(olga.order(ofMain).locator("[data-head=Account]")).hasText("main");
        assertThat(olga.accessibilityViolations()).isEmpty();

        olga.find("account-admin summary").click();
        olga.button("Show: account alice").click();

        assertShowsAccount(olga, "alice");
        olga.awaitStatus(own, "1");
        assertThat(olga.order(other)).hasCount(0);
        assertStatementHas(olga, own, other);
        olga.awaitState("live");
        assertThat(olga.accessibilityViolations()).isEmpty();

        olga.button("All accounts").click();
        assertThat(olga.order(other).locator("[data-head=Account]")).hasText("bob");
        assertThat(olga.find("cash-panel")).isHidden();
        assertThat(olga.errors()).isEmpty();
    }

    @Test
    void customerSignsOutAndLeavesNothingOnThePage() {
        Screen alice = signIn("alice");
        long own = buyOne(alice);

        alice.button("Sign out").click();

        alice.awaitState("signedOut");
        assertThat(alice.order(own)).hasCount(0);
        assertThat(alice.find("cash-panel")).not().containsText("¥");
        alice.page().reload();
        alice.awaitState("signedOut");
        assertThat(alice.errors()).isEmpty();
    }
}
