package finmicro.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedQueuesIT {

    static final List<String> QUEUES = EmbeddedQueues.QUEUES;

    static EmbeddedQueues queues;

    @BeforeAll
    static void start() {
        queues = EmbeddedQueues.start(0);
    }

    @AfterAll
    static void stop() {
        queues.close();
    }

    @ParameterizedTest
    @FieldSource("QUEUES")
    void everyQueueRedrivesToItsDeadLetterQueue(String queue) {
        var attributes = queues.client()
                .getQueueAttributes(
                        request -> request.queueUrl(queues.url(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
        assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                .contains(queue + "-dlq")
                .contains("10");
    }

    @ParameterizedTest
    @FieldSource("QUEUES")
    void queueUrlsArePredictable(String queue) {
        assertThat(queues.url(queue)).isEqualTo(queues.endpoint() + "/000000000000/" + queue);
    }

    @Test
    void aMessageSentIsReceived() {
        var url = queues.url(EmbeddedQueues.ORDERS);

        queues.client().sendMessage(request -> request.queueUrl(url).messageBody("{}"));

        assertThat(queues.client()
                        .receiveMessage(request -> request.queueUrl(url))
                        .messages())
                .extracting("body")
                .containsExactly("{}");
    }

    @Test
    void aPortInUseIsRejected() {
        assertThatThrownBy(() -> EmbeddedQueues.start(queues.endpoint().getPort()))
                .isInstanceOf(Exception.class);
    }

    @Test
    void messagesSurviveARestart() {
        var url = queues.url(EmbeddedQueues.PRICES);
        queues.client().sendMessage(request -> request.queueUrl(url).messageBody("kept"));

        queues.kill();
        assertThatThrownBy(() -> queues.client().listQueues()).isInstanceOf(SdkClientException.class);
        queues.restart();

        var messages =
                queues.client().receiveMessage(request -> request.queueUrl(url)).messages();
        assertThat(messages).extracting(Message::body).containsExactly("kept");
        queues.client()
                .deleteMessage(request ->
                        request.queueUrl(url).receiptHandle(messages.get(0).receiptHandle()));
    }
}
