package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Work during which a service is killed. In the end it must have been done exactly once. */
interface InterruptedWork {

    /** Time for an outbox claim and then a visibility timeout to expire. */
    Duration REDELIVERED = Duration.ofSeconds(90);

    /** Requests or retries the work. Returns whether it was accepted. */
    boolean request();

    /** Checks that the work was done exactly once. */
    void assertDoneOnce();

    /** Whether the response has one of the statuses. There is no response if the service is killed. */
    static boolean isAnswered(Supplier<Trading.Answer> request, Integer... statuses) {
        try {
            return Set.of(statuses).contains(request.get().status());
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** An order for {@code main} that is filled. */
    final class Order implements InterruptedWork {

        private static final AtomicLong PRICES = new AtomicLong(2_500_000);

        private final Trading trading;
        private final String key = UUID.randomUUID().toString();
        private final long price = PRICES.incrementAndGet();
        private final ObjectNode order = Trading.order("BUY", "0", Long.toString(price), 1);

        Order(Trading trading) {
            this.trading = trading;
        }

        @Override
        public boolean request() {
            return isAnswered(() -> trading.place(key, order), 201);
        }

        @Override
        public void assertDoneOnce() {
            assertThat(trading.texts("SELECT trade_no FROM trades WHERE order_price = " + price))
                    .hasSize(1)
                    .first()
                    .satisfies(tradeNo -> assertSettledOnce(Long.parseLong(tradeNo)));
        }

        private void assertSettledOnce(long tradeNo) {
            await("trade " + tradeNo).atMost(REDELIVERED).until(() -> trading.moves(tradeNo) == 1);
            assertThat(trading.awaitDone(tradeNo).path("tradeStatus").asText()).isEqualTo("1");
            await().untilAsserted(() -> assertThat(
                            trading.texts("SELECT state FROM outbox WHERE message_id IN ('order-%1$d', 'settle-%1$d')"
                                    .formatted(tradeNo)))
                    .containsExactly("S", "S"));
        }
    }

    /** A trade of {@code main} from the old stock-trade: the sweep makes its reservation, and it is cancelled. */
    final class Cancel implements InterruptedWork {

        /** Below the numbers of orders. */
        private static final AtomicLong NUMBERS = new AtomicLong(3_001);

        private final Trading trading;
        private final long tradeNo = NUMBERS.getAndIncrement();
        private boolean placed;

        Cancel(Trading trading) {
            this.trading = trading;
        }

        @Override
        public boolean request() {
            if (!placed) {
                trading.openTrade(tradeNo);
                placed = true;
            }
            boolean reserved = trading.number(
                            "StockTrade",
                            "SELECT COUNT(*) FROM trades WHERE account_effect <> 'N' AND trade_no = " + tradeNo)
                    == 1;
            return reserved
                    && isAnswered(
                            () -> trading.send(trading.request(Service.TRADE, "/trade/order/" + tradeNo)
                                    .DELETE()),
                            204,
                            409);
        }

        @Override
        public void assertDoneOnce() {
            assertThat(trading.texts(
                            "SELECT CONCAT(trade_status, account_effect) FROM trades WHERE trade_no = " + tradeNo))
                    .containsExactly("9A");
        }
    }

    /** A new account with a deposit and an external booking, with its expected holdings. */
    final class NewAccount implements InterruptedWork {

        private static final long YEN = 500;

        private final Trading trading;
        private final AccountActions actions;
        private final String account = "faults-" + UUID.randomUUID();
        private final AccountBooks books = new AccountBooks(List.of(account));
        private final AccountActions.Booking booking = AccountActions.Booking.of(account, "A002", 100, 3);

        NewAccount(Trading trading) {
            this.trading = trading;
            this.actions = new AccountActions(trading);
            books.add(account, YEN, null, 0);
            books.add(account, booking.cash(), booking.stockCode(), booking.shares());
        }

        @Override
        public boolean request() {
            boolean deposited = isAnswered(() -> actions.move(account, "key", YEN), 201);
            boolean booked = isAnswered(() -> actions.book(booking), 200);
            return deposited && booked;
        }

        @Override
        public void assertDoneOnce() {
            books.awaitAgreement(trading, REDELIVERED);
            await().untilAsserted(() -> assertThat(
                            trading.texts("SELECT state FROM outbox WHERE message_id IN ('settle-opening-"
                                    + account + "', (SELECT CONCAT('settle-cash-', movement_no) FROM cash_movements"
                                    + " WHERE account = '" + account + "'))"))
                    .containsExactly("S", "S"));
        }
    }
}
