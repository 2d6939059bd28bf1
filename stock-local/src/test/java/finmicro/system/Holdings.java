package finmicro.system;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.Service;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cash and shares of an account.
 *
 * @param cash whole yen
 * @param shares by stock code; stocks without shares are absent
 * @param reserved yen and shares reserved for open orders
 */
record Holdings(long cash, Map<String, Long> shares, long reserved) {

    Holdings plus(long yen, String stockCode, long quantity) {
        Map<String, Long> sum = new TreeMap<>(shares);
        if (quantity != 0) {
            sum.merge(stockCode, quantity, Long::sum);
        }
        sum.values().removeIf(held -> held == 0);
        return new Holdings(cash + yen, sum, reserved);
    }

    /** Holdings of the accounts by stock-trade. */
    static Map<String, Holdings> inTrade(Trading trading, Collection<String> accounts) {
        return all(accounts, account -> of(trading.get(Service.TRADE, "/trade/account?account=" + account)));
    }

    /** Holdings of the accounts by stock-balance. */
    static Map<String, Holdings> inLedger(Trading trading, Collection<String> accounts) {
        return all(accounts, account -> of(trading.get(Service.BALANCE, "/balance?account=" + account)));
    }

    private static Map<String, Holdings> all(Collection<String> accounts, Function<String, Holdings> one) {
        return accounts.stream().collect(Collectors.toMap(Function.identity(), one, (a, b) -> a, TreeMap::new));
    }

    private static Holdings of(Trading.Answer answer) {
        Holdings cash = new Holdings(answer.body().path("cashValue").asLong(), Map.of(), 0);
        long reserved = answer.body().path("reservedCash").asLong();
        for (JsonNode stock : answer.body().path("stocks")) {
            cash = cash.plus(
                    0,
                    stock.path("stockCode").asText(),
                    stock.path("stockQuantity").asLong());
            reserved += stock.path("reservedQuantity").asLong();
        }
        return new Holdings(cash.cash(), cash.shares(), reserved);
    }
}
