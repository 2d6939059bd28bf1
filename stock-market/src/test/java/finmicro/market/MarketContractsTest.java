package finmicro.market;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.json.StrictJson;
import finmicro.embedded.MessageSamples;
import finmicro.market.matching.entity.ContractMessage;
import finmicro.market.matching.entity.OrderMessage;
import finmicro.market.price.entity.Listing;
import finmicro.market.price.entity.PriceMessage;
import jakarta.validation.Validation;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketContractsTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    private final OrderMessage order = JSON.read(MessageSamples.sample("order"), OrderMessage.class);

    @Test
    void orderRoundTrips() {
        assertThat(roundTrip("order", OrderMessage.class).tradeNo()).isEqualTo(10012);
    }

    @Test
    void priceMatchesItsContract() {
        Listing listing = new Listing("A002", "Sample IT Company2", 2650, 5);

        roundTrip("price", PriceMessage.class);
        assertWritten("price", PriceMessage.of(listing, LocalDateTime.of(2020, 5, 26, 9, 0), 2650));
    }

    @Test
    void fillMatchesItsContract() {
        ContractMessage fill = ContractMessage.fill(
                order, new BigDecimal("2320.0000"), OffsetDateTime.parse("2020-06-07T11:25:03+09:00"));

        roundTrip("contract-fill", ContractMessage.class);
        assertWritten("contract-fill", fill);
    }

    @Test
    void noMatchMatchesItsContract() {
        OrderMessage other = new OrderMessage(
                10013,
                order.orderDate(),
                order.orderTime(),
                order.stockCode(),
                order.tradeType(),
                order.orderType(),
                order.orderPrice(),
                order.orderQuantity());

        roundTrip("contract-no-match", ContractMessage.class);
        assertWritten("contract-no-match", ContractMessage.noMatch(other));
    }

    @Test
    @Tag("old-defect-27")
    void afternoonIsWrittenOnThe24HourClock() {
        ContractMessage fill =
                ContractMessage.fill(order, BigDecimal.TEN, OffsetDateTime.parse("2020-06-07T14:05:00+09:00"));

        assertThat(fill.contractTime()).isEqualTo("14:05:00");
    }

    @ParameterizedTest
    @CsvSource({"00:00", "11:59", "12:00", "12:30", "13:05", "23:59"})
    @Tag("old-defect-27")
    void priceOfEveryHourIsWrittenOnThe24HourClock(String time) {
        Listing listing = new Listing("A002", "Sample IT Company2", 2650, 5);

        PriceMessage price = PriceMessage.of(listing, LocalDateTime.parse("2020-05-26T" + time), 2650);

        assertThat(JSON.text(price)).contains("\"date\":20200526,").contains("\"time\":\"" + time + "\"");
    }

    private static <T extends Record> T roundTrip(String name, Class<T> type) {
        return MessageSamples.assertRoundTrips(name, text -> JSON.read(text, type), JSON::text);
    }

    private static void assertWritten(String name, Object value) {
        MessageSamples.assertWritten(name, JSON.text(value));
    }
}
