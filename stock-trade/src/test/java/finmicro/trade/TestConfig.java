package finmicro.trade;

import finmicro.common.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A valid environment of stock-trade, whose URLs are unreachable. */
public final class TestConfig {

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("AUTH", "off"),
            Map.entry("DB_HOST_MASTER", "127.0.0.1:3306"),
            Map.entry("DB_USERNAME", "user"),
            Map.entry("DB_PASSWORD", "password"),
            Map.entry("DB_NAME", "StockTrade"),
            Map.entry("AWS_REGION", "ap-northeast-1"),
            Map.entry("BUYING_POWER", "off"),
            Map.entry("STOCK_ORDER_TRADE_QUE", "stock-order-trades-que"),
            Map.entry("STOCK_CONTRACT_TRADE_QUE", "stock-contract-trades-que"),
            Map.entry("BALANCE_SERVICE_URL", "http://127.0.0.1:1/"),
            Map.entry("ITEMS_SERVICE_URL", "http://127.0.0.1:1/"));

    private TestConfig() {}

    /** @param more additional or overriding variables */
    public static TradeConfig of(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        return new TradeConfig(new Settings(name -> Optional.ofNullable(environment.get(name))));
    }
}
