package finmicro.market.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Undelivered;
import finmicro.market.price.control.PriceBoard;
import finmicro.market.price.entity.Listing;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.validation.Validation;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class PriceBoardTest {

    private static final LocalDateTime NINE = LocalDateTime.of(2020, 5, 26, 9, 0);

    private final List<String> published = new ArrayList<>();
    private final CountDownLatch response = new CountDownLatch(1);
    private boolean rejecting;
    private volatile boolean unresponsive;

    private final PriceBoard board = new PriceBoard(
            new Listing("A002", "Sample IT Company2", 2650, 5),
            new Publisher() {
                @Override
                public List<Undelivered> publish(List<Outgoing> messages) {
                    if (unresponsive) {
                        await(response);
                    }
                    if (rejecting) {
                        return List.of(new Undelivered(messages.get(0).id(), Undelivered.Cause.BUSY, "busy"));
                    }
                    messages.forEach(message -> published.add(message.body()));
                    return List.of();
                }
            },
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()),
            OpenTelemetry.noop());

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void lastPriceCanBeReadWhileTheQueueDoesNotRespond() throws Exception {
        board.publishDue(NINE);
        unresponsive = true;
        Thread publisher = new Thread(() -> board.publishDue(NINE.plusMinutes(5)));
        publisher.start();
        Awaitility.await().until(() -> publisher.getState() == Thread.State.WAITING);
        try {
            assertThat(CompletableFuture.supplyAsync(board::last).get(5, TimeUnit.SECONDS))
                    .hasSize(1);
        } finally {
            response.countDown();
            publisher.join();
        }
        assertThat(published).hasSize(2);
    }

    @Test
    void duePriceIsPublishedOnce() {
        board.publishDue(NINE.plusSeconds(10));
        board.publishDue(NINE.plusMinutes(4));
        assertThat(published).hasSize(1).first().asString().contains("\"time\":\"09:00\"");

        board.publishDue(NINE.plusMinutes(5));

        assertThat(published).hasSize(2).last().asString().contains("\"time\":\"09:05\"");
    }

    @Test
    void requestedPriceIsNotReplacedByTheDuePrice() {
        board.publishNew(NINE.plusSeconds(3));

        board.publishDue(NINE.plusSeconds(10));

        assertThat(published).hasSize(1);
        assertThat(board.last().get(0).datePrice().get(0).timePrice().get(0).time())
                .isEqualTo("09:00");
    }

    @Test
    void priceThatWasNotAcceptedIsStillDue() {
        rejecting = true;
        assertThatThrownBy(() -> board.publishDue(NINE)).isInstanceOf(SdkClientException.class);
        assertThat(board.last()).isEmpty();
        rejecting = false;

        board.publishDue(NINE.plusSeconds(10));

        assertThat(published).hasSize(1);
    }
}
