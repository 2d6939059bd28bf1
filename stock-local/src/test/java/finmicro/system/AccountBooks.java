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
 * What accounts must have, computed apart from the services: from what was answered to deposits, withdrawals and bookings, and
 * from the stored orders and their fills. Thread-safe.
 */
final class AccountBooks {

    /** What each account is opened with, in yen. */
    private static final long OPENING_CASH = 10_000_000;

    private final Map<String, Holdings> accounts = new ConcurrentHashMap<>();

    /** @param ids accounts that are new, or not there yet */
    AccountBooks(Collection<String> ids) {
        ids.forEach(id -> accounts.put(id, new Holdings(OPENING_CASH, Map.of(), 0)));
    }

    Set<String> ids() {
        return accounts.keySet();
    }

    /** Adds what was booked apart from orders. */
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

    /** Waits until every account has, in both services, what it must have, and nothing is reserved. Returns the stored orders. */
    List<StoredOrder> awaitAgreement(Trading trading, Duration patience) {
        await("orders are done").atMost(patience).until(() -> trading.undone().isEmpty());
        List<StoredOrder> orders = StoredOrder.of(trading, ids());
        assertThat(orders).allMatch(StoredOrder::isConsistent);
        Map<String, Holdings> expected = expected(orders);
        await().atMost(patience)
                .untilAsserted(() -> assertThat(Holdings.inTrade(trading, ids()))
                        .as("stock-trade")
                        .isEqualTo(expected));
        await().atMost(patience)
                .untilAsserted(() -> assertThat(Holdings.inLedger(trading, ids()))
                        .as("stock-balance")
                        .isEqualTo(expected));
        return orders;
    }
}
