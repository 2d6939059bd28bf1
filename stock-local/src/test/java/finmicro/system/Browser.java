package finmicro.system;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import finmicro.local.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Headless Chromium: the installed one if there is one, else Debian's, downloaded once. The build fails without a browser,
 * because the screen would be untested.
 */
final class Browser implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/bin/chromium");

    private static final List<String> ARGUMENTS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browser start() {
        Path executable = Files.isExecutable(INSTALLED) ? INSTALLED : fetched();
        // Playwright would download another browser.
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Browser(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(ARGUMENTS)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Path fetched() {
        Path root = Project.located().root();
        Path folder = root.resolve(".chromium");
        try {
            Process fetch = new ProcessBuilder(
                            root.resolve("stock-local/chromium/fetch.sh").toString(), folder.toString())
                    .inheritIO()
                    .start();
            if (fetch.waitFor() != 0) {
                throw new IllegalStateException(
                        "No Chromium to test the screen with. The line above says why. Try apt-get install chromium");
            }
            return folder.resolve("chromium.sh");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    com.microsoft.playwright.Browser chromium() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
