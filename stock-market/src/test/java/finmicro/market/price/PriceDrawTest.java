package finmicro.market.price;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.market.price.control.PriceDraw;
import finmicro.market.price.entity.Listing;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceDrawTest {

    private static final LocalDateTime START = LocalDateTime.of(2020, 5, 26, 9, 0);

    @ParameterizedTest
    @CsvSource({"2650,2600,2700", "52,2,102", "51,1,101", "50,1,100", "2,1,52", "1,1,51"})
    void pricesCoverAllWholeYenWithin50OfTheFirstPriceAndAreAtLeastOne(int first, long lowest, long highest) {
        Listing listing = new Listing("A002", "Sample IT Company2", first, 5);

        Set<Long> prices = IntStream.range(0, 5_000)
                .mapToObj(minute -> PriceDraw.at(listing, START.plusMinutes(minute)))
                .collect(Collectors.toSet());

        assertThat(prices)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(lowest, highest).boxed().toList());
    }

    /** Also a task of the next release: the old and the new one publish at the same time during a deployment. */
    @ParameterizedTest
    @CsvSource({
        "A001, 2020-06-07T11:25, 2686",
        "A001, 2026-11-29T23:55, 2637",
        "A002, 2020-06-07T11:25, 2675",
        "A002, 2020-06-07T11:30, 2601",
        "A002, 2026-11-29T23:55, 2646"
    })
    void everyTaskDrawsTheSamePriceForAMinute(String stockCode, LocalDateTime minute, long price) {
        assertThat(PriceDraw.at(new Listing(stockCode, "any", 2650, 5), minute)).isEqualTo(price);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-05-26T09:04:59,5,2020-05-26T09:00",
        "2020-05-26T09:05:00,5,2020-05-26T09:05",
        "2020-05-26T00:00:10,60,2020-05-26T00:00",
        "2020-05-26T23:59:59,7,2020-05-26T23:55",
        "2020-05-26T23:59:59,60,2020-05-26T23:00",
        "2020-05-27T00:00:00,7,2020-05-27T00:00",
        "2020-05-26T12:59:59,60,2020-05-26T12:00",
        "2020-05-26T14:05:59,1,2020-05-26T14:05",
        "2020-05-26T14:06:00,1,2020-05-26T14:06"
    })
    void priceIsDueAtIntervalsFromMidnight(LocalDateTime now, int intervalMinutes, LocalDateTime due) {
        assertThat(PriceDraw.due(now, intervalMinutes)).isEqualTo(due);
    }
}
