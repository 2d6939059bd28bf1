package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Expected holdings of accounts, computed independently of the services: from the responses to deposits, withdrawals and
 * bookings, and from the stored orders and their fills. Thread-safe.
 */
final class AccountBooks {

    /** Opening cash of each account, in yen. */
    private static final long OPENING_CASH = 10_000_000;

    private final Map<String, Holdings> accounts = new ConcurrentHashMap<>();

    /** @param ids accounts that are new or not open yet */
    AccountBooks(Collection<String> ids) {
        ids.forEach(id -> accounts.put(id, new Holdings(OPENING_CASH, Map.of(), 0)));
    }

    Set<String> ids() {
        return accounts.keySet();
    }

    /** Adds a booking that belongs to no order. */
    void add(String account, long yen, String stockCode, long shares) {
        accounts.computeIfPresent(account, (id, holdings) -> holdings.plus(yen, stockCode, shares));
    }

    private Map<String, Holdings> expected(List<StoredOrder> orders) {
        Map<String, Holdings> all = new TreeMap<>(accounts);
        for (StoredOrder stored : orders) {
            PlacedOrder order = stored.order();
            all.computeIfPresent(
                    order.account(),
                    (id, holdings) -> holdings.plus(stored.cash(), order.stockCode(), stored.shares()));
        }
        return all;
    }

    /**
     * Waits until the holdings of every account are as expected in both services and nothing is reserved. Returns the stored
     * orders.
     */
    List<StoredOrder> awaitAgreement(Trading trading, Duration timeout) {
        await("orders are done").atMost(timeout).until(() -> trading.notDone().isEmpty());
        List<StoredOrder> orders = StoredOrder.of(trading, ids());
        assertThat(orders).allMatch(StoredOrder::isConsistent);
        Map<String, Holdings> expected = expected(orders);
        await().atMost(timeout)
                .untilAsserted(() -> assertThat(Holdings.inTrade(trading, ids()))
                        .as("stock-trade")
                        .isEqualTo(expected));
        await().atMost(timeout)
                .untilAsserted(() -> assertThat(Holdings.inLedger(trading, ids()))
                        .as("stock-balance")
                        .isEqualTo(expected));
        return orders;
    }
}
