package finmicro.system;

import finmicro.local.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Roles and accounts of each operation as in docs/configuration.md, written by hand. Tests check the services against it. */
final class Allowed {

    /** Method, path, accounts of the operation ({@link AccountRule}), and the roles that may call it. */
    private static final Map<Service, String> TABLE =
            Map.of(Service.TRADE, """
            GET /trade/configuration none
            GET /trade/events scope trader viewer operator
            POST /trade/order place trader
            GET /trade/order scope trader viewer operator
            GET /trade/order/{tradeNo} trade trader viewer operator
            DELETE /trade/order/{tradeNo} trade trader operator
            GET /trade/account one trader viewer operator
            GET /trade/account/events scope trader viewer operator
            GET /trade/accounts any operator
            PUT /trade/accounts/{account} any operator
            PATCH /trade/accounts/{account} any operator
            POST /trade/cash-movements any operator
            POST /trade/reconciliation any operator
            """, Service.BALANCE, """
            GET /balance one trader viewer operator
            GET /balance/movements one trader viewer operator
            GET /balance/events one trader viewer operator
            POST /balance any service
            POST /balance/batch any service
            POST /balance/entries any service
            GET /balance/feed any service
            GET /balance/snapshot any service
            POST /balance/booked any service
            POST /balance/reconciliation any service
            GET /balance/reconciliation/entries any service
            POST /balance/reconciliation/entries any service
            """, Service.ITEMS, """
            GET /stock/attribute none trader viewer operator service
            GET /stock/attributes none trader viewer operator service
            GET /stock/events none trader viewer operator
            GET /stock/prices none trader viewer operator
            """, Service.MARKET, """
            GET /market/prices none trader viewer
            POST /market/prices none service
            """);

    private Allowed() {}

    /** Each operation of the service, as method and path. */
    static Set<String> operations(Service service) {
        return lines(service).map(line -> line[0] + " " + line[1]).collect(Collectors.toSet());
    }

    /** Roles that may call the operation. Empty if it needs no token. */
    static Set<String> roles(Service service, String operation) {
        return line(service, operation).skip(3).collect(Collectors.toSet());
    }

    /** The accounts that the operation applies to. */
    static AccountRule accounts(Service service, String operation) {
        return AccountRule.of(line(service, operation).skip(2).findFirst().orElseThrow());
    }

    private static Stream<String> line(Service service, String operation) {
        return lines(service)
                .filter(line -> operation.equals(line[0] + " " + line[1]))
                .flatMap(Arrays::stream);
    }

    private static Stream<String[]> lines(Service service) {
        return TABLE.get(service).lines().map(line -> line.split(" "));
    }
}
