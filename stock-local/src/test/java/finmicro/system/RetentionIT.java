package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("long")
class RetentionIT {

    /** Business data, and the history of the migrations. */
    private static final List<String> KEPT = List.of(
            "account_checkpoints",
            "account_effects",
            "accounts",
            "attributes",
            "cash_balances",
            "cash_movements",
            "contract_trades",
            "feed_cursor",
            "flyway_schema_history",
            "industries",
            "ledger_accounts",
            "ledger_entries",
            "ledger_feed",
            "ledger_feed_head",
            "ledger_holdings",
            "positions",
            "reconciliation_cursors",
            "reconciliation_differences",
            "stock_balances",
            "stock_moves",
            "time_prices",
            "trades");

    private static final List<String> PURGED = List.of("idempotency_keys", "outbox");

    private final TradingSystem system;
    private final Trading trading;

    RetentionIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void everyTableIsBusinessDataOrPurged() {
        List<String> tables = trading.texts("SELECT DISTINCT table_name FROM information_schema.tables"
                + " WHERE table_schema IN ('StockItems', 'StockTrade', 'StockBalance')");

        assertThat(tables).containsAll(PURGED);
        assertThat(tables).filteredOn(table -> !PURGED.contains(table)).containsExactlyInAnyOrderElementsOf(KEPT);
    }

    @Test
    void onlyRowsOlderThanADayArePurged() {
        for (int i = 0; i < 3; i++) {
            trading.awaitDone(trading.place("retention-" + i, Trading.order("BUY", "0", "100", 1))
                    .tradeNo());
        }
        trading.change(
                "StockTrade",
                "UPDATE idempotency_keys SET created_at = created_at - INTERVAL 25 HOUR"
                        + " WHERE idempotency_key = 'retention-0'");
        trading.change(
                "StockTrade",
                "UPDATE outbox SET sent_at = sent_at - INTERVAL 25 HOUR WHERE message_id IN ("
                        + "SELECT CONCAT('order-', trade_no) FROM idempotency_keys WHERE idempotency_key = 'retention-0')");
        long sent = trading.number("StockTrade", "SELECT COUNT(*) FROM outbox");

        system.restart(Service.TRADE, Map.of());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> trading.number("StockTrade", "SELECT COUNT(*) FROM outbox") == sent - 1);
        assertThat(trading.texts("SELECT idempotency_key FROM StockTrade.idempotency_keys"
                        + " WHERE idempotency_key LIKE 'retention-%'"))
                .containsExactlyInAnyOrder("retention-1", "retention-2");
    }
}
