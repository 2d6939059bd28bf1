package finmicro.system;

import finmicro.local.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may call what, as the README has it, written by hand: tests hold the services to it. */
final class Allowed {

    private static final Map<Service, String> TABLE =
            Map.of(Service.TRADE, """
            GET /trade/configuration
            GET /trade/events trader viewer
            POST /trade/order trader
            GET /trade/order trader viewer
            GET /trade/order/{tradeNo} trader viewer
            DELETE /trade/order/{tradeNo} trader
            """, Service.BALANCE, """
            GET /balance trader viewer
            POST /balance service
            POST /balance/batch service
            GET /balance/buying-power trader viewer
            GET /balance/events trader viewer
            PUT /balance/holds/{tradeNo} service
            DELETE /balance/holds/{tradeNo} service
            """, Service.ITEMS, """
            GET /stock/attribute trader viewer service
            GET /stock/attributes trader viewer service
            GET /stock/events trader viewer
            GET /stock/prices trader viewer
            """, Service.MARKET, """
            GET /market/prices trader viewer
            POST /market/prices service
            """);

    private Allowed() {}

    /** Each operation of the service, as method and path. */
    static Set<String> operations(Service service) {
        return lines(service).map(line -> line[0] + " " + line[1]).collect(Collectors.toSet());
    }

    /** The roles that may call the operation; none if everybody may, without a token. */
    static Set<String> roles(Service service, String operation) {
        return lines(service)
                .filter(line -> operation.equals(line[0] + " " + line[1]))
                .flatMap(line -> Arrays.stream(line).skip(2))
                .collect(Collectors.toSet());
    }

    private static Stream<String[]> lines(Service service) {
        return TABLE.get(service).lines().map(line -> line.split(" "));
    }
}
