package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Checks the redrive of dead letters that docs/operations.md describes. */
@ExtendWith(SharedSystem.class)
class RedriveIT {

    private static final long TRADE = 2_001;

    private final SqsClient sqs;
    private final Trading trading;

    RedriveIT(TradingSystem system) {
        sqs = system.stack().sqs();
        trading = new Trading(system);
    }

    @Test
    void redrivenDeadLetterIsProcessed() {
        String queue = EmbeddedQueues.CONTRACTS;
        String dead = queue + "-dlq";
        String arn = EmbeddedQueues.arn(sqs, trading.queueUrl(dead));
        trading.send(dead, Trading.fill(TRADE));
        trading.openTrade(TRADE);

        sqs.startMessageMoveTask(request -> request.sourceArn(arn));

        await().until(() -> sqs.listMessageMoveTasks(request -> request.sourceArn(arn)).results().stream()
                .allMatch(task -> task.status().equals("COMPLETED")));
        trading.awaitDone(TRADE);
        assertThat(trading.moves(TRADE)).isEqualTo(1);
        assertThat(trading.queued(dead)).isZero();
    }
}
