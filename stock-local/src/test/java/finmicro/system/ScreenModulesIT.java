package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.local.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the tests of the screen's modules ({@code stock-trade/src/test/webapp}) in the browser, without any service. They use
 * {@code node:test}, so {@code node --test stock-trade/src/test/webapp} runs them too.
 */
class ScreenModulesIT {

    private static final Path ROOT = Project.located().root();
    private static final String TESTS = "stock-trade/src/test/webapp";

    @TestFactory
    Stream<DynamicTest> modules() throws IOException {
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", ScreenModulesIT::serve);
        files.start();
        try (Browser browser = Browser.start();
                Page page = browser.chromium().newPage()) {
            page.navigate("http://127.0.0.1:" + files.getAddress().getPort() + "/" + TESTS + "/browser/index.html");
            Object results = page.evaluate(
                    "async (names) => { for (const name of names) await import(`/" + TESTS + "/${name}`);"
                            + " return (await import('node:test')).run(); }",
                    names());
            return ((List<?>) results).stream().map(result -> test((Map<?, ?>) result));
        } finally {
            files.stop(0);
        }
    }

    private static DynamicTest test(Map<?, ?> result) {
        return DynamicTest.dynamicTest(
                (String) result.get("name"),
                () -> assertThat(result.get("failure")).isNull());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(TESTS))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .toList();
            assertThat(names).isNotEmpty();
            return names;
        }
    }

    private static void serve(HttpExchange exchange) throws IOException {
        Path file = ROOT.resolve(exchange.getRequestURI().getPath().substring(1));
        try (exchange) {
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", file.toString().endsWith(".js") ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Files.readAllBytes(file));
        }
    }
}
