package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The windows of one session share their event streams, because a browser opens at most six HTTP/1.1 connections. */
class SharedStreamsIT extends ScreenTest {

    private static final int STREAMS = 3;

    /** An order takes much less time, but is never sent without a free connection. */
    private static final Duration PROMPT = Duration.ofSeconds(5);

    SharedStreamsIT(TradingSystem system) {
        super(system);
    }

    @Test
    void threeWindowsOfOneOriginStayLiveAndPlaceOrders() throws IOException {
        try (OneOrigin origin = new OneOrigin(system);
                BrowserContext context = context()) {
            Screen first = Screen.window(context, origin.uri());
            Screen second = Screen.window(context, origin.uri());
            Screen third = Screen.window(context, origin.uri());

            Instant sent = Instant.now();
            third.order("BUY", "0", "1", "2650");
            long tradeNo = third.acceptedNumber();
            assertThat(Duration.between(sent, Instant.now())).isLessThan(PROMPT);
            List.of(first, second, third).forEach(screen -> screen.awaitStatus(tradeNo, "1"));
            assertThat(origin.streams()).isEqualTo(STREAMS);

            // Closes the window that opened the streams, and then its successor.
            first.page().close();
            awaitEvent(second, third);
            second.page().close();
            awaitEvent(third);
            assertThat(origin.streams()).isEqualTo(STREAMS);
            third.page().reload();
            third.awaitState("live");
            awaitEvent(third);
            assertThat(third.errors()).isEmpty();
        }
    }

    private void awaitEvent(Screen... screens) {
        long tradeNo = trading.place(Trading.order("BUY", "0", "2650", 1));
        List.of(screens).forEach(screen -> screen.awaitStatus(tradeNo, "1"));
    }

    @Test
    void windowWithoutSharedWorkersOpensItsOwnStreams() throws IOException {
        try (OneOrigin origin = new OneOrigin(system);
                BrowserContext context = context()) {
            context.addInitScript("delete self.SharedWorker");
            Screen screen = Screen.window(context, origin.uri());

            awaitEvent(screen);

            assertThat(origin.streams()).isEqualTo(STREAMS);
        }
    }

    /** Makes the page find the other services at its own origin. */
    private static BrowserContext context() {
        BrowserContext context = browser.chromium().newContext(new NewContextOptions().setLocale("en-US"));
        context.route(
                "**/trade/configuration",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"itemsUrl\":\"\",\"balanceUrl\":\"\"}")));
        return context;
    }
}
