package finmicro.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import finmicro.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class TryItOutIT {

    private static final Pattern SUCCESSFUL = Pattern.compile(".* 20[0124]");

    private final TradingSystem system;
    private final Trading trading;

    TryItOutIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /** Reopens the sample order that the example cancels. */
    @AfterEach
    void restoreTheSample() {
        trading.change("StockTrade", "UPDATE trades SET trade_status = '0' WHERE trade_no = 10001");
    }

    @Test
    void everyOperationAcceptsItsExampleOnTheOpenApiPage() {
        List<String> statuses = new ArrayList<>();
        try (Browser browser = Browser.start()) {
            for (Service service : Service.values()) {
                try (Page page = browser.chromium().newPage()) {
                    page.navigate(
                            system.server(service).uri().resolve("/openapi/ui/").toString());
                    operations(service)
                            .forEach(
                                    id -> statuses.add(id + " " + status(page.locator(".opblock[id$='-" + id + "']"))));
                }
            }
        }

        assertThat(statuses).hasSizeGreaterThan(12).allMatch(SUCCESSFUL.asMatchPredicate());
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
    }

    /** All operations except event streams, because the page waits for the end of a response. */
    private List<String> operations(Service service) {
        List<String> ids = new ArrayList<>();
        trading.get(service, "/openapi?format=JSON")
                .body()
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (!operation.toString().contains("text/event-stream")) {
                        ids.add(operation.path("operationId").asText());
                    }
                }));
        return ids;
    }

    private static String status(Locator operation) {
        operation.locator(".opblock-summary-control").click();
        operation.locator(".try-out__btn").click();
        operation.locator(".execute").click();
        Locator status = operation.locator(".live-responses-table .response .response-col_status");
        assertThat(status).containsText(Pattern.compile("\\d{3}"));
        return status.textContent().strip().substring(0, 3);
    }
}
