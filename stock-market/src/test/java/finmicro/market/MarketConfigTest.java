package finmicro.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.config.InvalidConfiguration;
import finmicro.common.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketConfigTest {

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "AWS_REGION", "ap-northeast-1",
            "SAMPLE_STOCK_CODE", "A002",
            "SAMPLE_STOCK_NAME", "Sample IT Company2",
            "FIRST_PRICE", "2650",
            "PRICE_QUE_URL", "https://sqs/prices",
            "CONTRACT_TRADE_QUE_URL", "https://sqs/contracts",
            "STOCK_ORDER_TRADE_QUE", "https://sqs/orders"));

    private MarketConfig config() {
        return new MarketConfig(new Settings(name -> Optional.ofNullable(variables.get(name))));
    }

    @Test
    void defaultIsAPriceEveryFiveMinutesCheckedEveryMinute() {
        assertThat(config().listing().intervalMinutes()).isEqualTo(5);
        assertThat(config().tickInterval()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "60,60"})
    void priceIntervalIsOneMinuteToOneHour(String value, int minutes) {
        variables.put("GET_PRICE_MINUTE", value);

        assertThat(config().listing().intervalMinutes()).isEqualTo(minutes);
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_PRICE,abc",
        "FIRST_PRICE,0",
        "GET_PRICE_MINUTE,61",
        "GET_PRICE_MINUTE,0",
        "STOCK_PRICE_MESSAGE_MODE,kafka",
        "STOCK_PRICE_MESSAGE_MODE,sns"
    })
    @Tag("old-defect-24")
    void wrongValueKeepsTheServiceFromStarting(String name, String value) {
        variables.put(name, value);

        assertThatThrownBy(this::config)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(value.equals("sns") ? "PRICE_TOPIC_ARN is missing" : name + "=" + value);
    }

    @Test
    void snsModeRequiresTheTopicInsteadOfTheQueue() {
        variables.put("CONTRACT_TRADE_MESSAGE_MODE", "sns");
        variables.remove("CONTRACT_TRADE_QUE_URL");
        variables.put("CONTRACT_TRADE_TOPIC_ARN", "arn:aws:sns:ap-northeast-1:1:send-stock-contract-trades");

        assertThat(config().serviceName()).isEqualTo("stock-market-service");
    }
}
