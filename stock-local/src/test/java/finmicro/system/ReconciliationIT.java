package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Corrupted rows in either service, and differences between the services, are found. Tests in the modules check the comparisons.
 */
@ExtendWith(SharedSystem.class)
class ReconciliationIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String TRADE = "StockTrade";
    private static final String BALANCE = "StockBalance";

    private final TradingSystem system;
    private final Trading trading;
    private final Reconciliations reconciliations;
    /** Sorts before the accounts of other tests, whose differences could fill the page. */
    private final String account = "0-reconciled-" + UUID.randomUUID();

    private final String of = " WHERE account = '" + account + "'";

    ReconciliationIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
        this.reconciliations = new Reconciliations(trading, List.of(account));
    }

    /**
     * Makes an account with an opening, a deposit and a fill in both services, all older than five minutes. Returns the key of
     * the deposit.
     */
    private String trade() {
        trading.send(
                trading.request(Service.TRADE, "/trade/accounts/" + account).PUT(BodyPublishers.noBody()));
        trading.send(trading.request(Service.TRADE, "/trade/cash-movements")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(
                        "{\"account\":\"" + account + "\",\"type\":\"DEPOSIT\",\"amount\":500}")));
        ObjectNode order = Trading.order("BUY", "0", "100", 3);
        trading.place(order.put("account", account));
        await().atMost(SOON).until(() -> trading.number(BALANCE, "SELECT COUNT(*) FROM ledger_entries" + of) == 3);
        reconciliations.backdate();
        return trading.texts("SELECT effect_key FROM account_effects" + of + " AND effect_key LIKE 'cash-%'")
                .get(0);
    }

    @Test
    void corruptedRowIsLoggedMeasuredAndReturned() {
        String deposit = trade();
        assertThat(reconciliations.reconcileAll()).isEmpty();
        Log front = new Log(system.server(Service.TRADE));
        Log back = new Log(system.server(Service.BALANCE));
        long cash = trading.number(TRADE, "SELECT cash FROM accounts" + of);

        trading.change(TRADE, "UPDATE accounts SET cash = cash + 1" + of);
        trading.change(BALANCE, "UPDATE ledger_holdings SET stock_quantity = stock_quantity + 1" + of);
        // The account in the ledger is changed alike, so that only the comparison with stock-trade finds it.
        changeAmount(deposit, 7);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reconciliations.reconcileAll())
                        .containsExactlyInAnyOrder(
                                "STOCK_TRADE cash %d %d".formatted(cash, cash + 1),
                                "STOCK_BALANCE shares A002 3 4",
                                "BETWEEN " + deposit + " cash 507 500"));
        String line = "reconciliation.difference account=" + account + " item=";
        front.await(line + "cash expected=" + cash + " actual=" + (cash + 1));
        front.await(line + deposit + " cash expected=507 actual=500");
        back.await(line + "shares A002 expected=3 actual=4");
        for (String service : List.of("stock-trade", "stock-balance")) {
            await().atMost(SOON).until(() -> differences(service) > 0);
        }

        trading.change(TRADE, "UPDATE accounts SET cash = cash - 1" + of);
        trading.change(BALANCE, "UPDATE ledger_holdings SET stock_quantity = stock_quantity - 1" + of);
        changeAmount(deposit, -7);
        assertThat(reconciliations.reconcile()).isEmpty();
        front.await("reconciliation.resolved subject=" + account + " " + deposit);
    }

    private double differences(String service) {
        return system.metrics().sum(service, "reconciliation.differences", Map.of());
    }

    /** Deletes the checkpoint because it may be past the changed entry. */
    private void changeAmount(String key, long yen) {
        trading.change(
                BALANCE,
                "UPDATE ledger_entries SET customer_cash = customer_cash + %1$d, bank_cash = bank_cash - %1$d WHERE entry_key = '%2$s'"
                        .formatted(yen, key));
        trading.change(BALANCE, "UPDATE ledger_accounts SET cash_value = cash_value + " + yen + of);
        trading.change(BALANCE, "DELETE FROM account_checkpoints" + of);
    }
}
