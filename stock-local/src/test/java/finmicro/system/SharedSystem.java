package finmicro.system;

import finmicro.local.Service;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Has the shared system running before the tests of a class, and hands it to whoever has a parameter for it. Declared
 * before {@code @MicroShedTest}, it has MicroShed Testing use stock-trade of this system.
 */
final class SharedSystem implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        var trade = TradingSystem.shared().server(Service.TRADE).uri();
        System.setProperty("microshed_manual_env", "true");
        System.setProperty("microshed_hostname", trade.getHost());
        System.setProperty("microshed_http_port", String.valueOf(trade.getPort()));
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
