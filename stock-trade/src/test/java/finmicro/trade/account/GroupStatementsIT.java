package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.messaging.Received;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.NumberedOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group of orders of many accounts must not cost a query for each order. */
class GroupStatementsIT {

    private static final int ORDERS = 12;
    /** Enough for the driver to rewrite each batch of statements, which takes additional queries. */
    private static final int FEWER = 5;

    private final TestTask task = new TestTask(Map.of());

    @BeforeEach
    void open() throws SQLException {
        Orders.clean();
        for (int i = 0; i < ORDERS; i++) {
            task.create("a" + i, 10 * Orders.COST);
            Orders.position("a" + i, 100);
        }
    }

    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    @Test
    void numberOfQueriesDoesNotGrowWithTheOrdersThatAreAccepted() throws Exception {
        assertThat(queries(() -> accept(ORDERS, Orders::buy)))
                .as("buy")
                .isEqualTo(queries(() -> accept(FEWER, Orders::buy)));
        assertThat(queries(() -> accept(ORDERS, Orders::sell)))
                .as("sell")
                .isEqualTo(queries(() -> accept(FEWER, Orders::sell)));
    }

    @Test
    void numberOfQueriesDoesNotGrowWithTheFillsThatAreRecorded() throws Exception {
        List<Received<ContractMessage>> fills = new ArrayList<>();
        for (Acceptance accepted : accept(FEWER + ORDERS, Orders::buy)) {
            fills.addAll(
                    Orders.fill(accepted.trade().tradeNo(), accepted.trade().tradeType()));
        }

        assertThat(queries(() -> task.record(fills.subList(FEWER, FEWER + ORDERS))))
                .isEqualTo(queries(() -> task.record(fills.subList(0, FEWER))));
    }

    private List<Acceptance> accept(int orders, Function<String, NumberedOrder> order) {
        List<Acceptance> accepted = task.accept(IntStream.range(0, orders)
                .mapToObj(i -> order.apply("a" + i % ORDERS))
                .toList());
        assertThat(accepted).allSatisfy(one -> assertThat(one.trade()).isNotNull());
        return accepted;
    }

    /** Number of queries that the database server executes meanwhile. */
    private static long queries(Runnable work) throws SQLException {
        long before = TradeDatabase.status("Com_select");
        work.run();
        return TradeDatabase.status("Com_select") - before;
    }
}
