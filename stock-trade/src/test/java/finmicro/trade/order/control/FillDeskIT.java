package finmicro.trade.order.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Received;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.embedded.Injection;
import finmicro.embedded.RecordedEvents;
import finmicro.trade.LogLines;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.TransactionEnds;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FillDeskIT {

    private static final long FIRST = 11_001;
    private static final int TRADES = 20;

    private final TransactionEnds ends = new TransactionEnds();
    private final Queue<FillMetrics.Recorded> recorded = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void openTrades() throws SQLException {
        clean();
        for (int i = 0; i < TRADES; i++) {
            TradeDatabase.sql(
                    "INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type, order_type,"
                            + " order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time) VALUES ("
                            + (FIRST + i)
                            + ", 20200607, '11:25:00', 'A002', 'BUY', '0', 2320, 10, 1000, 100, 24300, '0',"
                            + " '2020-06-07T11:25:00+09:00')");
        }
    }

    @AfterEach
    void clean() throws SQLException {
        TradeDatabase.sql(
                "DELETE FROM outbox",
                "DELETE FROM contract_trades WHERE trade_no >= " + FIRST,
                "DELETE FROM trades WHERE trade_no >= " + FIRST);
    }

    @Test
    void fillIsRecordedAndSettledOnceWithTheChargesOfTheOrder() throws Exception {
        record(task(), List.of(fill(FIRST, 2_370), fill(FIRST, 2_370)));

        assertThat(TradeDatabase.value("SELECT CONCAT(trade_status, ' ', contract_value, ' ', settlement_amount)"
                        + " FROM trades JOIN contract_trades USING (trade_no) WHERE trade_no = " + FIRST))
                .isEqualTo("1 24700 24800");
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(message_id) FROM outbox"))
                .isEqualTo("settle-" + FIRST);
        assertThat(recorded).extracting(FillMetrics.Recorded::result).containsExactly("contracted", "repeated");
    }

    @Test
    void fillAfterANoMatchHasNoEffectAndLogsAWarning() throws Exception {
        record(task(), List.of(noMatch(FIRST)));
        try (LogLines log = new LogLines(FillDesk.class)) {
            record(task(), List.of(fill(FIRST, 2_320)));

            assertThat(log.warnings()).singleElement().asString().startsWith("contract.contradicted");
        }
        assertThat(TradeDatabase.value("SELECT trade_status FROM trades WHERE trade_no = " + FIRST))
                .isEqualTo("2");
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM contract_trades WHERE trade_no = " + FIRST))
                .isEqualTo("0");
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM outbox")).isEqualTo("0");
    }

    @Test
    void noMatchAfterAFillHasNoEffectAndLogsAWarning() throws Exception {
        record(task(), List.of(fill(FIRST, 2_320)));
        try (LogLines log = new LogLines(FillDesk.class)) {
            record(task(), List.of(noMatch(FIRST)));

            assertThat(log.warnings()).hasSize(1);
        }
        assertThat(TradeDatabase.value("SELECT trade_status FROM trades WHERE trade_no = " + FIRST))
                .isEqualTo("1");
    }

    @Test
    void repeatedResultLogsNoWarning() throws Exception {
        try (LogLines log = new LogLines(FillDesk.class)) {
            record(task(), List.of(noMatch(FIRST), noMatch(FIRST), fill(FIRST + 1, 2_320), fill(FIRST + 1, 2_321)));

            assertThat(log.warnings()).isEmpty();
        }
    }

    /** The tasks receive them in opposite order, which would cause a deadlock if they did not lock in a common order. */
    @Test
    void resultsThatTwoTasksReceiveConcurrentlyAreRecordedOnce() throws Exception {
        List<Received<ContractMessage>> messages = new ArrayList<>();
        for (int i = 0; i < TRADES; i++) {
            messages.add(fill(FIRST + i, 2_320));
        }
        List<Received<ContractMessage>> reversed = new ArrayList<>(messages);
        Collections.reverse(reversed);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService tasks = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (List<Received<ContractMessage>> batch : List.of(messages, reversed)) {
                work.add(tasks.submit(() -> {
                    together.await();
                    return record(task(), batch);
                }));
            }
            for (Future<?> result : work) {
                result.get();
            }
        } finally {
            tasks.shutdownNow();
        }

        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM contract_trades WHERE trade_no >= " + FIRST))
                .isEqualTo(String.valueOf(TRADES));
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM outbox WHERE destination = 'SETTLE'"))
                .isEqualTo(String.valueOf(TRADES));
        assertThat(recorded).filteredOn(FillMetrics.Recorded::first).hasSize(TRADES);
    }

    private FillDesk task() {
        Outbox outbox = ends.outbox(TradeDatabase.DATA_SOURCE);
        return Injection.into(
                new FillDesk(
                        outbox,
                        new TestTask(Map.of()).locks(),
                        new StrictJson(null),
                        Clock.fixed(Instant.parse("2020-06-07T02:25:04Z"), ZoneOffset.UTC),
                        RecordedEvents.into(recorded)),
                TradeDatabase.UNIT.entityManager());
    }

    private Map<Received<ContractMessage>, String> record(FillDesk task, List<Received<ContractMessage>> messages)
            throws Exception {
        return ends.run(() -> TradeDatabase.UNIT.inTransaction(() -> task.record(messages)));
    }

    private static Received<ContractMessage> fill(long tradeNo, long price) {
        return received(new ContractMessage(
                tradeNo,
                true,
                20200607,
                "11:25:03",
                "A002",
                TradeType.BUY,
                OrderType.MARKET,
                BigDecimal.valueOf(price),
                10));
    }

    private static Received<ContractMessage> noMatch(long tradeNo) {
        return received(new ContractMessage(
                tradeNo, false, 0, "", "A002", TradeType.BUY, OrderType.MARKET, BigDecimal.valueOf(-99_999_999), 0));
    }

    private static Received<ContractMessage> received(ContractMessage message) {
        return new Received<>(message, "m", Context.root());
    }
}
