package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs reconciliations on demand, with backdated entries of some accounts so that they are compared. */
final class Reconciliations {

    private static final String TRADE = "StockTrade";
    private static final String BALANCE = "StockBalance";
    /** Just above the minimum age of compared entries. */
    private static final int AGE_SECONDS = 310;

    private final Trading trading;
    private final Set<String> accounts;
    private final String where;

    Reconciliations(Trading trading, Collection<String> accounts) {
        this.trading = trading;
        this.accounts = Set.copyOf(accounts);
        this.where = " WHERE account IN ('" + String.join("', '", accounts) + "')";
    }

    /** Backdates the current entries of the accounts to the minimum age. */
    void backdate() {
        trading.change(TRADE, "UPDATE account_effects SET created_at = created_at - " + 1_000 * AGE_SECONDS + where);
        trading.change(
                BALANCE,
                "UPDATE ledger_entries SET booked_at = booked_at - INTERVAL " + AGE_SECONDS + " SECOND" + where);
    }

    /** Compares all entries of the accounts again. The services run their own reconciliation at the same time. */
    Set<String> reconcileAll() {
        Instant first =
                Instant.ofEpochMilli(trading.number(TRADE, "SELECT MIN(created_at) FROM account_effects" + where));
        for (String side : List.of("EFFECTS", "ENTRIES")) {
            trading.change(
                    TRADE,
                    "INSERT INTO reconciliation_cursors (side, place) VALUES ('%s', '%s') ON DUPLICATE KEY UPDATE place = VALUES(place)"
                            .formatted(side, first.minusSeconds(5)));
        }
        return reconcile();
    }

    /**
     * Reconciles all accounts.
     *
     * @return differences of the accounts: where, item, expected, actual
     */
    Set<String> reconcile() {
        Set<String> found = new TreeSet<>();
        String cursor = "";
        do {
            Trading.Answer answer = trading.send(trading.request(Service.TRADE, "/trade/reconciliation" + cursor)
                    .POST(BodyPublishers.noBody()));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("ledger").asText()).isEqualTo("COMPARED");
            answer.body().path("differences").forEach(difference -> add(found, difference));
            cursor = answer.body().has("nextCursor")
                    ? "?cursor=" + answer.body().path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return found;
    }

    private void add(Set<String> found, JsonNode difference) {
        if (accounts.contains(difference.path("account").asText())) {
            found.add("%s %s %s %s"
                    .formatted(
                            difference.path("where").asText(),
                            difference.path("item").asText(),
                            difference.path("expected").asText("-"),
                            difference.path("actual").asText("-")));
        }
    }
}
