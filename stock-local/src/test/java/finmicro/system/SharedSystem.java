package finmicro.system;

import finmicro.local.Service;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the shared system before the tests of a class, restores it before each test, and injects it as a parameter. Declared
 * before {@code @MicroShedTest}, it makes MicroShed Testing use stock-trade of this system.
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

    /** A test that fails during an outage must not fail the others. */
    @Override
    public void beforeEach(ExtensionContext context) {
        failIfCrashed("after " + last);
        TradingSystem.shared().restore();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        last = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        failIfCrashed("during " + last);
    }

    /**
     * Fails if a server has ended unexpectedly, and restarts it, so that only one test fails. Tests end a server on purpose by
     * methods of {@code LibertyServer}.
     */
    private static void failIfCrashed(String when) {
        var crashed = TradingSystem.shared().crashed();
        if (!crashed.isEmpty()) {
            var logs = crashed.stream()
                    .map(service -> TradingSystem.shared().server(service).log())
                    .toList();
            TradingSystem.shared().restore();
            throw new AssertionError(crashed + " crashed " + when + ", see " + logs);
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
