package finmicro.trade.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import finmicro.common.json.StrictJson;
import finmicro.embedded.Contracts;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.validation.Validation;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class TradeTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    private static final OffsetDateTime ORDERED = OffsetDateTime.parse("2020-06-07T11:25:00+09:00");
    private static final OffsetDateTime LATER = OffsetDateTime.parse("2020-06-07T11:25:04+09:00");

    static Trade trade(String change, String to) {
        String order = Contracts.sample("order");
        return new Trade(10012, JSON.read(order.replace(change, to), OrderRequest.class), false, ORDERED.toInstant());
    }

    @Test
    void orderIsOpenWithItsChargesAndEstimate() {
        Trade buy = trade("", "");

        assertThat(buy.status()).isEqualTo(TradeStatus.OPEN);
        assertThat(buy.charges().fee()).isEqualTo(1_000);
        assertThat(buy.estimatedValue()).isEqualTo(24_300);
        assertThat(buy.updateTime()).isEqualTo(ORDERED);
        assertThat(trade("BUY", "SELL").estimatedValue()).isEqualTo(22_100);
    }

    @Test
    void decimalsOfAPriceCountBeforeTheAmountIsRounded() {
        assertThat(trade("2320", "2320.99").estimatedValue()).isEqualTo(23_209 + 1_100);
    }

    @Test
    void openTradeIsContractedOrFails() {
        Trade contracted = trade("", "");
        contracted.contract(LATER);
        assertThat(contracted.status()).isEqualTo(TradeStatus.CONTRACTED);
        assertThat(contracted.updateTime()).isEqualTo(LATER);

        Trade failed = trade("", "");
        failed.fail(LATER);
        assertThat(failed.status()).isEqualTo(TradeStatus.FAILED);
    }

    @Test
    void openTradeIsCancelled() {
        Trade cancelled = trade("", "");

        cancelled.cancel(LATER);

        assertThat(cancelled.status()).isEqualTo(TradeStatus.CANCELLED);
        assertThatIllegalStateException().isThrownBy(() -> cancelled.contract(LATER));
    }

    @Test
    void tradeThatIsNotOpenMovesNoMore() {
        Trade contracted = trade("", "");
        contracted.contract(LATER);

        assertThatIllegalStateException().isThrownBy(() -> contracted.fail(LATER));
        assertThatIllegalStateException().isThrownBy(() -> contracted.contract(LATER));
        assertThatIllegalStateException().isThrownBy(() -> contracted.cancel(LATER));
        assertThat(contracted.status()).isEqualTo(TradeStatus.CONTRACTED);
    }
}
