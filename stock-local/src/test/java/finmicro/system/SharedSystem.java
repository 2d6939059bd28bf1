package finmicro.system;

import finmicro.local.Service;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Has the shared system running before the tests of a class, whole before each of them, and hands it to whoever has a parameter for it. Declared
 * before {@code @MicroShedTest}, it has MicroShed Testing use stock-trade of this system.
 */
final class SharedSystem implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static String last = "the start";

    @Override
    public void beforeAll(ExtensionContext context) {
        var trade = TradingSystem.shared().server(Service.TRADE).uri();
        System.setProperty("microshed_manual_env", "true");
        System.setProperty("microshed_hostname", trade.getHost());
        System.setProperty("microshed_http_port", String.valueOf(trade.getPort()));
    }

    /** One test that fails in the middle of an outage must not fail the others. */
    @Override
    public void beforeEach(ExtensionContext context) {
        failIfDied("after " + last);
        TradingSystem.shared().restore();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        last = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        failIfDied("during " + last);
    }

    /** A test that ends a server on purpose uses {@code LibertyServer}'s methods. What died is mended: it fails one test. */
    private static void failIfDied(String when) {
        var died = TradingSystem.shared().died();
        if (!died.isEmpty()) {
            var logs = died.stream()
                    .map(service -> TradingSystem.shared().server(service).log())
                    .toList();
            TradingSystem.shared().restore();
            throw new AssertionError(died + " died " + when + ", see " + logs);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TradingSystem.class;
    }

    @Override
    public TradingSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return TradingSystem.shared();
    }
}
