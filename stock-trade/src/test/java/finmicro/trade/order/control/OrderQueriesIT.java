package finmicro.trade.order.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.embedded.Injection;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderQueriesIT {

    private final OrderQueries orders = Injection.into(new OrderQueries(), TradeDatabase.UNIT.entityManager());

    @BeforeEach
    void openTrade() throws SQLException {
        TradeDatabase.sql(
                "DELETE FROM contract_trades WHERE trade_no = 10001",
                "UPDATE trades SET trade_status = '0' WHERE trade_no = 10001");
    }

    @AfterEach
    void reset() throws SQLException {
        TradeDatabase.UNIT.afterQuery(() -> {});
        openTrade();
    }

    @Test
    void tradeThatIsFilledDuringTheReadIsOpenWithoutAFill() throws Exception {
        TradeDatabase.UNIT.afterQuery(OrderQueriesIT::fill);

        OrderQueries.Entry entry = find(10_001).orElseThrow();

        assertThat(entry.trade().status()).isEqualTo(TradeStatus.OPEN);
        assertThat(entry.fill()).isEmpty();
    }

    @Test
    void filledTradeHasItsFill() throws Exception {
        fill();

        OrderQueries.Entry entry = find(10_001).orElseThrow();

        assertThat(entry.trade().status()).isEqualTo(TradeStatus.FILLED);
        assertThat(entry.fill().orElseThrow().contract("main").settlementAmount())
                .isEqualTo(241_100);
    }

    @Test
    void tradeThatDoesNotExistIsNotFound() throws Exception {
        assertThat(find(9)).isEmpty();
    }

    @Test
    void tradeOfAnotherAccountIsNeitherFoundNorListed() throws Exception {
        AccountScope main = AccountScope.of("main");
        AccountScope alice = AccountScope.of("alice");
        TradeDatabase.UNIT.inTransaction(() -> {
            assertThat(orders.find(main, 10_001)).isPresent();
            assertThat(orders.find(alice, 10_001)).isEmpty();
            assertThat(listed(main)).isEqualTo(listed(AccountScope.ALL)).contains(10_001L, 10_002L);
            assertThat(listed(alice)).isEmpty();
            return null;
        });
    }

    private List<Long> listed(AccountScope scope) {
        return orders.newest(new OrderQueries.Selection(scope, OrderQueries.Filter.NONE, null), 100).stream()
                .map(Trade::tradeNo)
                .toList();
    }

    private Optional<OrderQueries.Entry> find(long tradeNo) throws Exception {
        return TradeDatabase.UNIT.inTransaction(() -> orders.find(AccountScope.ALL, tradeNo));
    }

    /** Another task records a fill, in one transaction. */
    private static void fill() {
        try {
            TradeDatabase.UNIT.afterQuery(() -> {});
            TradeDatabase.sql(
                    "INSERT INTO contract_trades (trade_no, contract_date, contract_time, stock_code, trade_type,"
                            + " order_type, contract_price, contract_quantity, fee, tax, contract_value, settlement_amount,"
                            + " update_time) VALUES (10001, 20200528, '09:00:03', 'A002', 'BUY', '1', 2400, 100, 1000, 100, 241000,"
                            + " 241100, '2020-05-28T09:00:04+09:00')",
                    "UPDATE trades SET trade_status = '1' WHERE trade_no = 10001");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
