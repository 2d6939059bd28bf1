package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class EnvelopeTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void rawMessageIsReturnedUnchanged() {
        Message message = Message.builder()
                .body("{\"tradeNo\":1}")
                .messageAttributes(Map.of(
                        "traceparent",
                        MessageAttributeValue.builder().stringValue(TRACE).build()))
                .build();

        assertThat(Envelope.open(message)).isEqualTo(new Envelope("{\"tradeNo\":1}", TRACE));
    }

    @Test
    @Tag("old-defect-28")
    void notificationIsUnwrapped() {
        String notification = """
                {"Type" : "Notification", "MessageId" : "m", "TopicArn" : "arn", "Message" : "{\\"tradeNo\\":1}",
                 "MessageAttributes" : {"traceparent" : {"Type":"String","Value":"%s"}}}""".formatted(TRACE);

        assertThat(Envelope.open(Message.builder().body(notification).build()))
                .isEqualTo(new Envelope("{\"tradeNo\":1}", TRACE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", TRACE + "-00", "00-zz", "9999999999999999999999999999999999999999999999999999999"})
    void invalidTraceContextIsDropped(String trace) {
        Message message = Message.builder()
                .body("{}")
                .messageAttributes(Map.of(
                        "traceparent",
                        MessageAttributeValue.builder().stringValue(trace).build()))
                .build();

        assertThat(Envelope.open(message)).isEqualTo(new Envelope("{}", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nope",
                "{\"Type\":\"Notification\"",
                "{\"Type\":\"Notification\"}",
                "{\"Type\":\"Notification\",\"Message\":7}",
                "[\"Notification\"]",
                "{\"Type\":\"Notification\",\"Message\":\"{}\",\"Message\":\"{\\\"tradeNo\\\":2}\"}",
                "{\"Type\":\"Notification\",\"Type\":\"Notification\",\"Message\":\"{}\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\"} {}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\"}x",
                "{\"Type\":\"Notification\",\"Message\":\"{}\",\"MessageAttributes\":{\"a\":1,\"a\":2}}"
            })
    void bodyThatIsNotANotificationIsReturnedUnchanged(String body) {
        assertThat(Envelope.open(Message.builder().body(body).build())).isEqualTo(new Envelope(body, null));
    }
}
