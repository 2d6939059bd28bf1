package finmicro.market.price;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Undelivered;
import finmicro.market.MarketConfig;
import finmicro.market.price.control.PriceBoard;
import finmicro.market.price.control.PriceTicker;
import finmicro.market.price.entity.Listing;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.validation.Validation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTickerTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_REGION", "ap-northeast-1",
            "SAMPLE_STOCK_CODE", "A002",
            "SAMPLE_STOCK_NAME", "Sample IT Company2",
            "FIRST_PRICE", "2650",
            "PRICE_QUE_URL", "https://sqs/prices",
            "CONTRACT_TRADE_QUE_URL", "https://sqs/contracts",
            "STOCK_ORDER_TRADE_QUE", "https://sqs/orders");

    private final List<String> published = new ArrayList<>();
    private final PriceBoard board = new PriceBoard(
            new Listing("A002", "Sample IT Company2", 2650, 5),
            new Publisher() {
                @Override
                public List<Undelivered> publish(List<Outgoing> messages) {
                    messages.forEach(message -> published.add(message.body()));
                    return List.of();
                }
            },
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()),
            OpenTelemetry.noop());

    /** The clock is in UTC. The day of a price changes at 15:00 UTC, which is midnight in Japan. */
    @ParameterizedTest
    @CsvSource({
        "2020-05-26T14:59:59Z,20200526,23:55",
        "2020-05-26T15:00:00Z,20200527,00:00",
        "2020-05-26T03:04:59Z,20200526,12:00",
        "2020-05-26T04:05:00Z,20200526,13:05",
        "2020-12-31T15:00:00Z,20210101,00:00"
    })
    void priceIsPublishedUnderItsMinuteAndDayInJapan(Instant now, int date, String time) {
        MarketConfig config = new MarketConfig(new Settings(name -> Optional.ofNullable(VARIABLES.get(name))));

        new PriceTicker(config, board, Clock.fixed(now, ZoneOffset.UTC)).run(new OneIteration());

        assertThat(published)
                .hasSize(1)
                .first()
                .asString()
                .contains("\"date\":" + date)
                .contains("\"" + time + "\"");
    }

    private static final class OneIteration implements WorkerContext {

        private boolean done;

        @Override
        public boolean running() {
            return !done;
        }

        @Override
        public boolean pause(Duration duration) {
            done = true;
            return false;
        }

        @Override
        public void reportIdle() {}

        @Override
        public void reportSuccess() {}

        @Override
        public void reportFailure(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
