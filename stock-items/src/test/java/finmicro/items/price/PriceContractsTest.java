package finmicro.items.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.embedded.MessageSamples;
import finmicro.items.price.entity.PriceMessage;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceContractsTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void priceRoundTrips() {
        assertThat(roundTrip("price", PriceMessage.class).stockCode()).isEqualTo("A002");
    }

    @ParameterizedTest
    @CsvSource({"09:00,24:00", "09:00,9:00", "09:00,09:60", "20200526,20200532", "2650,0", "A002,a002"})
    void malformedPriceIsRejected(String valid, String invalid) {
        String sample = MessageSamples.sample("price");

        assertThatThrownBy(() -> JSON.read(sample.replace(valid, invalid), PriceMessage.class))
                .isInstanceOf(InvalidInput.class);
    }

    private static <T extends Record> T roundTrip(String name, Class<T> type) {
        return MessageSamples.assertRoundTrips(name, text -> JSON.read(text, type), JSON::text);
    }
}
