package finmicro.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicLong;

/** Actions on an account by its customer, an operator, or a program that books at stock-balance. */
final class AccountActions {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Numbers far above those of stock-trade. */
    private static final AtomicLong NUMBERS =
            new AtomicLong(5_000_000_000_000L + System.nanoTime() % 1_000_000_000 * 1000);

    private final Trading trading;

    AccountActions(Trading trading) {
        this.trading = trading;
    }

    Trading.Answer cancel(PlacedOrder order) {
        return trading.send(
                trading.request(Service.TRADE, "/trade/order/" + order.tradeNo() + "?account=" + order.account())
                        .DELETE());
    }

    /**
     * Moves cash in or out.
     *
     * @param yen below 0 for a withdrawal
     */
    Trading.Answer move(String account, String key, long yen) {
        ObjectNode movement = JSON.createObjectNode()
                .put("account", account)
                .put("type", yen < 0 ? "WITHDRAWAL" : "DEPOSIT")
                .put("amount", Math.abs(yen));
        return trading.send(trading.request(Service.TRADE, "/trade/cash-movements")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(movement.toString())));
    }

    /** A fill that stock-trade does not know. Booking it is idempotent. */
    record Booking(long tradeNo, String account, String stockCode, long price, long shares) {

        /** @param shares below 0 for a sale */
        static Booking of(String account, String stockCode, long price, long shares) {
            return new Booking(NUMBERS.incrementAndGet(), account, stockCode, price, shares);
        }

        /** Yen added to the account, after a fee of 1,000 and tax of 100. */
        long cash() {
            return -price * shares - 1_100;
        }

        private ObjectNode body() {
            long fee = 1_000;
            long amount = Math.abs(price * shares);
            return SettlementBatchIT.settlement(
                            tradeNo,
                            shares > 0 ? "BUY" : "SELL",
                            stockCode,
                            Math.abs(shares),
                            shares > 0 ? amount + fee : amount - fee,
                            Math.abs(cash()))
                    .put("contractPrice", price)
                    .put("account", account);
        }
    }

    Trading.Answer book(Booking booking) {
        return trading.post(Service.BALANCE, "/balance", booking.body());
    }
}
