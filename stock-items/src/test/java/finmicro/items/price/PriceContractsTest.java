package finmicro.items.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.Contracts;
import finmicro.common.json.InvalidInput;
import finmicro.items.price.entity.PriceMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceContractsTest {

    @Test
    void priceRoundTrips() {
        assertThat(Contracts.assertRoundTrips("price", PriceMessage.class).stockCode())
                .isEqualTo("A002");
    }

    @ParameterizedTest
    @CsvSource({"09:00,24:00", "09:00,9:00", "09:00,09:60", "20200526,20200532", "2650,0", "A002,a002"})
    void malformedPriceIsRefused(String right, String wrong) {
        String sample = new String(Contracts.sample("price"), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Contracts.json().read(sample.replace(right, wrong), PriceMessage.class))
                .isInstanceOf(InvalidInput.class);
    }
}
