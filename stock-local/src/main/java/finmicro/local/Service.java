package finmicro.local;

import java.util.List;

/** The four services. */
public enum Service {
    ITEMS("stock-items", Port.ITEMS, "'%s/stock/attribute?stockCode=A002'"),
    TRADE(
            "stock-trade",
            Port.TRADE,
            "-H 'Content-Type: application/json' -d '{\"orderDate\":20200607,\"orderTime\":\"11:25:00\","
                    + "\"stockCode\":\"A002\",\"tradeType\":\"BUY\",\"orderType\":\"1\",\"orderPrice\":2320,"
                    + "\"orderQuantity\":10}' %s/trade/order"),
    BALANCE("stock-balance", Port.BALANCE, "%s/balance"),
    MARKET("stock-market", Port.MARKET, "%s/market/prices");

    private final String artifact;
    private final Port port;
    private final String example;

    Service(String artifact, Port port, String example) {
        this.artifact = artifact;
        this.port = port;
        this.example = example;
    }

    /** Name of its module, its WAR without the extension, and its server. */
    public String artifact() {
        return artifact;
    }

    public Port port() {
        return port;
    }

    /**
     * A command line with an example request.
     *
     * @param address without a trailing slash
     * @param options additional curl options with a trailing space, or empty
     */
    public String curl(String address, String options) {
        return "curl -s " + options + example.formatted(address);
    }

    /** The ports of all four. */
    public static List<Port> ports() {
        return List.of(ITEMS.port, TRADE.port, BALANCE.port, MARKET.port);
    }
}
