package finmicro.market.price;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.market.price.control.PriceDraw;
import finmicro.market.price.entity.Listing;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceDrawTest {

    private static final LocalDateTime START = LocalDateTime.of(2020, 5, 26, 9, 0);

    @Test
    void pricesOfTheMinutesLieWithin50YenOfTheFirstPrice() {
        Listing listing = new Listing("A002", "Sample IT Company2", 2650, 5);

        Set<Long> prices = IntStream.range(0, 5_000)
                .mapToObj(minute -> PriceDraw.at(listing, START.plusMinutes(minute)))
                .collect(Collectors.toSet());

        assertThat(prices).hasSize(101).allMatch(price -> Math.abs(price - 2650) <= 50);
    }

    @Test
    void everyTaskDrawsTheSamePriceForAMinute() {
        Listing listing = new Listing("A002", "Sample IT Company2", 2650, 5);

        assertThat(PriceDraw.at(listing, START)).isEqualTo(PriceDraw.at(listing, START));
    }

    @Test
    void priceNeverFallsBelowOne() {
        Listing cheap = new Listing("A003", "Cheap", 1, 5);

        assertThat(IntStream.range(0, 1_000).mapToLong(minute -> PriceDraw.at(cheap, START.plusMinutes(minute))))
                .allMatch(price -> price >= 1)
                .contains(1L);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-05-26T09:04:59,5,2020-05-26T09:00",
        "2020-05-26T09:05:00,5,2020-05-26T09:05",
        "2020-05-26T00:00:10,60,2020-05-26T00:00",
        "2020-05-26T23:59:59,7,2020-05-26T23:55",
        "2020-05-26T14:05:30,1,2020-05-26T14:05"
    })
    void priceIsDueEverySoManyMinutesFromMidnight(LocalDateTime now, int every, LocalDateTime due) {
        assertThat(PriceDraw.due(now, every)).isEqualTo(due);
    }
}
