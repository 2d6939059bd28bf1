package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import finmicro.embedded.EmbeddedQueues;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FauxqsIT {

    static final Project PROJECT = Project.located();

    @BeforeAll
    static void needsNode() {
        assumeTrue(Fauxqs.isAvailable(), Fauxqs.MISSING);
    }

    @ParameterizedTest
    @CsvSource({"true, {}", "false, \"Type\":\"Notification\""})
    void everyTopicReachesItsQueue(boolean raw, String received) {
        var port = Ports.free().of(Port.SNS);
        var log = PROJECT.target("it-fauxqs").resolve("fauxqs.log");
        try (var fauxqs = Fauxqs.start(PROJECT, port, raw, log);
                var sns = fauxqs.sns()) {
            for (var queue : EmbeddedQueues.QUEUES) {
                var topic = fauxqs.messaging().topicArns().get(queue);
                sns.publish(request -> request.topicArn(topic).message("{}"));

                var url = fauxqs.messaging().queueUrl(queue);
                var messages = fauxqs.sqs()
                        .receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(5))
                        .messages();
                assertThat(messages)
                        .singleElement()
                        .satisfies(message -> assertThat(message.body()).contains(received));
            }
        }
    }
}
