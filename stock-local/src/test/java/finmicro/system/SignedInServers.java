package finmicro.system;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Tasks with {@code AUTH=jwt} that use the database and queues of the shared system.
 *
 * @param servers by service, assembled and not started
 * @param addresses variables with the addresses of the services for stock-trade and its page
 */
record SignedInServers(Map<Service, LibertyServer> servers, Map<String, String> addresses) implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    /**
     * Assembles the servers.
     *
     * @param services must include stock-trade, stock-items and stock-balance
     * @param access variables that make a service require tokens
     */
    static SignedInServers assemble(TradingSystem system, Collection<Service> services, Map<String, String> access) {
        Map<Service, LibertyServer> servers = new EnumMap<>(Service.class);
        services.forEach(service -> servers.put(service, system.another(service, access)));
        String items = servers.get(Service.ITEMS).uri().toString();
        String balance = servers.get(Service.BALANCE).uri().toString();
        return new SignedInServers(
                servers,
                Map.of(
                        "CORS_ORIGINS",
                        servers.get(Service.TRADE).uri().toString(),
                        "ITEMS_SERVICE_URL",
                        items + "/",
                        "BALANCE_SERVICE_URL",
                        balance + "/",
                        "PAGE_ITEMS_URL",
                        items,
                        "PAGE_BALANCE_URL",
                        balance));
    }

    /** Starts the servers without waiting. */
    void start(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(addresses);
        variables.putAll(more);
        servers.values().forEach(server -> server.startAgain(variables));
    }

    void awaitReady() {
        servers.values().forEach(server -> server.awaitReady(START));
    }

    /** Address of the screen. */
    URI page() {
        return servers.get(Service.TRADE).uri();
    }

    @Override
    public void close() {
        servers.values().forEach(LibertyServer::close);
    }
}
