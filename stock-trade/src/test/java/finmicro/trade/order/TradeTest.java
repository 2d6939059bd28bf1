package finmicro.trade.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.StrictJson;
import finmicro.common.trading.TradeType;
import finmicro.embedded.MessageSamples;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.account.entity.Reservation;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.validation.Validation;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TradeTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    private static final OffsetDateTime ORDERED = OffsetDateTime.parse("2020-06-07T11:25:00+09:00");
    private static final OffsetDateTime LATER = OffsetDateTime.parse("2020-06-07T11:25:04+09:00");

    static Trade trade(String target, String replacement) {
        String order = MessageSamples.sample("order").replace(target, replacement);
        return new Trade(10012, "main", JSON.read(order, OrderRequest.class), ORDERED.toInstant());
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
    void reservationLastsUntilTheOutcomeIsApplied() {
        Trade sell = trade("BUY", "SELL");
        assertThat(sell.effect()).isEqualTo(AccountEffect.NONE);
        assertThat(sell.reservation()).isEmpty();

        sell.reserved(new Reservation("A002", 7, 10));
        assertThat(sell.reservation()).contains(new Reservation("A002", 7, 10));

        sell.applied();
        assertThat(sell.effect()).isEqualTo(AccountEffect.APPLIED);
        assertThat(sell.reservation()).isEmpty();
        assertThat(sell.bookingKey()).isEqualTo("trade-10012");
        assertThat(sell.acceptedAt()).isEqualTo(ORDERED.toInstant());
    }

    @Test
    void reservationOfABuyIsCashOnly() {
        Trade buy = trade("", "");

        buy.reserved(new Reservation("A002", 24_300, 0));

        assertThat(buy.reservation()).contains(new Reservation("A002", 24_300, 0));
    }

    @ParameterizedTest
    @EnumSource(TradeStatus.class)
    void statusIsFoundByItsCode(TradeStatus status) {
        assertThat(TradeStatus.of(status.code())).isEqualTo(status);
    }

    @Test
    void unknownStatusIsRefused() {
        assertThatThrownBy(() -> TradeStatus.of("3")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amountIsRoundedAfterThePriceIsMultiplied() {
        assertThat(trade("2320", "2320.99").estimatedValue()).isEqualTo(23_209 + 1_100);
    }

    @Test
    void openTradeIsFilledOrNotFilled() {
        Trade filled = trade("", "");
        filled.fill(LATER);
        assertThat(filled.status()).isEqualTo(TradeStatus.FILLED);
        assertThat(filled.updateTime()).isEqualTo(LATER);

        Trade notFilled = trade("", "");
        notFilled.fail(LATER);
        assertThat(notFilled.status()).isEqualTo(TradeStatus.NOT_FILLED);
    }

    /** Orders of 1 yen below and exactly at the limit of each fee tier; the tax is a tenth of the fee. */
    @ParameterizedTest
    @CsvSource({
        "BUY, 249999, 1, 251099",
        "BUY, 250000, 1, 255500",
        "BUY, 499999, 1, 505499",
        "BUY, 500000, 1, 511000",
        "SELL, 249999, 1, 248899",
        "SELL, 250000, 1, 244500",
        "SELL, 499999, 1, 494499",
        "SELL, 500000, 1, 489000",
        "BUY, 83333.3333, 3, 251099",
        "SELL, 1, 1, -1099"
    })
    void estimateIncludesTheChargesOfItsTier(String side, String price, long quantity, long estimate) {
        OrderRequest order = JSON.read(MessageSamples.sample("order"), OrderRequest.class);

        Trade trade = new Trade(
                10012,
                "main",
                new OrderRequest(
                        order.orderDate(),
                        order.orderTime(),
                        order.stockCode(),
                        TradeType.valueOf(side),
                        order.orderType(),
                        new BigDecimal(price),
                        quantity,
                        null),
                ORDERED.toInstant());

        assertThat(trade.estimatedValue()).isEqualTo(estimate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"orderDate\":20200607 | \"orderDate\":20200608",
                "11:25:00 | 11:25:01",
                "A002 | A001",
                "BUY | SELL",
                "\"orderType\":\"1\" | \"orderType\":\"0\"",
                "\"orderPrice\":2320 | \"orderPrice\":2320.0001",
                "\"orderQuantity\":10 | \"orderQuantity\":11"
            })
    void orderWithOneDifferentFieldIsAnotherOrder(String field, String other) {
        String sample = MessageSamples.sample("order");
        assertThat(sample).contains(field);

        OrderRequest changed = JSON.read(sample.replace(field, other), OrderRequest.class);

        assertThat(trade("", "").isOf(changed)).isFalse();
        // The seven fields above and the account, which is part of the key's lookup.
        assertThat(OrderRequest.class.getRecordComponents()).hasSize(8);
    }

    @Test
    void priceWithTrailingZerosIsTheSamePrice() {
        String sample = MessageSamples.sample("order");

        assertThat(trade("", "").isOf(JSON.read(sample, OrderRequest.class))).isTrue();
        assertThat(trade("", "").isOf(JSON.read(sample.replace("2320", "2320.00"), OrderRequest.class)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"fill", "fail", "cancel"})
    void onlyAnOpenTradeChangesItsStatus(String first) {
        for (String second : List.of("fill", "fail", "cancel")) {
            Trade trade = trade("", "");
            assertThat(trade.isOpen()).isTrue();
            change(trade, first, ORDERED);
            TradeStatus end = trade.status();

            assertThatIllegalStateException().isThrownBy(() -> change(trade, second, LATER));

            assertThat(trade.status()).isEqualTo(end);
            assertThat(trade.updateTime()).isEqualTo(ORDERED);
            assertThat(trade.isOpen()).isFalse();
        }
    }

    private static void change(Trade trade, String step, OffsetDateTime at) {
        switch (step) {
            case "fill" -> trade.fill(at);
            case "fail" -> trade.fail(at);
            default -> trade.cancel(at);
        }
    }

    @Test
    void statusHasTheCodesOfTheTablesAndTheWordsOfTheMetrics() {
        assertThat(Arrays.stream(TradeStatus.values()).map(TradeStatus::code)).containsExactly("0", "1", "2", "9");
        assertThat(Arrays.stream(TradeStatus.values()).map(TradeStatus::word))
                .containsExactly("open", "contracted", "failed", "cancelled");
    }

    @Test
    void openTradeIsCancelled() {
        Trade cancelled = trade("", "");

        cancelled.cancel(LATER);

        assertThat(cancelled.status()).isEqualTo(TradeStatus.CANCELLED);
        assertThatIllegalStateException().isThrownBy(() -> cancelled.fill(LATER));
    }

    @Test
    void filledTradeKeepsItsStatus() {
        Trade filled = trade("", "");
        filled.fill(LATER);

        assertThatIllegalStateException().isThrownBy(() -> filled.fail(LATER));
        assertThatIllegalStateException().isThrownBy(() -> filled.fill(LATER));
        assertThatIllegalStateException().isThrownBy(() -> filled.cancel(LATER));
        assertThat(filled.status()).isEqualTo(TradeStatus.FILLED);
    }
}
