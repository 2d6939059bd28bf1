package finmicro.trade.outbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Aws;
import finmicro.common.time.Ticker;
import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.LocalAws;
import finmicro.trade.market.control.OrderOutboxSender;
import finmicro.trade.outbox.control.FaultyQueues.Answer;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Orders for a queue or topic that rejects them, because of their content or of an error in IAM or the queue. */
@Tag("long")
class OrderOutageIT extends OutboxDatabase {

    private static final String TOPIC = "arn:aws:sns:ap-northeast-1:000000000000:send-stock-order-trades";
    private static EmbeddedQueues queues;

    private final AtomicLong nanos = new AtomicLong();
    private final Ticker ticker = nanos::get;
    private final TransactionEnds ends = new TransactionEnds();
    private final AfterCommitDispatch dispatch = new AfterCommitDispatch(ends.registry());
    private FaultyQueues market;
    private SqsClient sqs;
    private SnsClient sns;

    @BeforeAll
    static void startQueues() {
        queues = EmbeddedQueues.start(0);
    }

    @AfterAll
    static void stopQueues() {
        queues.close();
    }

    @BeforeEach
    void emptyQueue() throws IOException {
        queues.client().purgeQueue(request -> request.queueUrl(queues.url(EmbeddedQueues.ORDERS)));
        market = new FaultyQueues(queues.endpoint());
        // The responses of the test have no checksums.
        sqs = LocalAws.client(SqsClient.builder().checksumValidationEnabled(false), market.endpoint());
        sns = LocalAws.client(SnsClient.builder(), market.endpoint());
    }

    @AfterEach
    void closeClients() {
        sqs.close();
        sns.close();
        market.close();
    }

    @Test
    void batchesSentBeforeAnAccessDeniedStaySentAndTheOthersFollowOnceItIsFixed() throws Exception {
        append(25);
        market.breakWith((call, body) -> call < 2 ? null : Answer.sqsError(400, "AccessDeniedException"));

        TestWorkerContext outage = untilFailures(1);
        sqsRelay().run(outage);

        assertThat(outage.failures()).singleElement().asString().contains("refused by the test");
        assertThat(rows("state = 'S'")).isEqualTo(10);
        assertThat(rows("state = 'W' AND next_attempt_at <= UTC_TIMESTAMP(3)")).isEqualTo(15);
        market.repair();
        sqsRelay().run(untilAllSent());
        assertThat(rows("state = 'S'")).isEqualTo(25);
        assertThat(queued()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException",
        "403, AccessDenied",
        "400, QueueDoesNotExist",
        "400, AWS.SimpleQueueService.NonExistentQueue",
        "403, ExpiredToken",
        "400, ExpiredTokenException",
        "403, InvalidClientTokenId",
        "403, SignatureDoesNotMatch",
        "400, UnrecognizedClientException",
        "400, KmsAccessDenied",
        "400, KmsDisabled",
        "400, InvalidAddress",
        "400, RequestThrottled",
        "404, NotFound",
        "413, RequestEntityTooLarge"
    })
    void rejectedCallParksNothingAndIsRetriedWithBackoff(int status, String code) throws Exception {
        append(12);
        market.breakWith((call, body) -> Answer.sqsError(status, code));

        TestWorkerContext outage = untilFailures(6);
        sqsRelay().run(outage);

        assertThat(rows("state = 'W'")).isEqualTo(12);
        assertThat(outage.answers()).isZero();
        assertThat(outage.pauses()).extracting(Duration::toMillis).startsWith(200L, 400L, 800L, 1_600L, 3_000L);
    }

    @Test
    void minuteOfWrongPermissionsParksNoMessageOfABacklogAndCostsFewCalls() throws Exception {
        append(250);
        market.breakWith((call, body) -> Answer.sqsError(400, "AccessDeniedException"));

        TestWorkerContext minute = new TestWorkerContext(
                ticker,
                context -> context.pauses().stream()
                                .reduce(Duration.ZERO, Duration::plus)
                                .toSeconds()
                        >= 60);
        sqsRelay().run(minute);
        // 0.2 + 0.4 + 0.8 + 1.6 s, then 3 s each.
        assertThat(market.calls()).isBetween(20, 24);
        assertThat(rows("state = 'P'")).isZero();

        market.repair();
        sqsRelay().run(untilAllSent());
        assertThat(rows("state = 'S'")).isEqualTo(250);
        assertThat(market.calls()).isEqualTo(25);
        assertThat(queued()).isEqualTo(250);
    }

    @Test
    void queueThatWasDeletedIsAnOutageUntilItIsCreatedAgain() throws Exception {
        append(12);
        String url = queues.url(EmbeddedQueues.ORDERS);
        queues.client().deleteQueue(request -> request.queueUrl(url));
        try {
            relay("sqs", url).run(untilFailures(2));
            assertThat(rows("state = 'W'")).isEqualTo(12);
        } finally {
            EmbeddedQueues.createQueues(queues.client());
        }

        sqsRelay().run(untilAllSent());
        assertThat(queued()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidMessageContents", "InvalidParameterValue"})
    void onlyTheEntryWhoseContentIsRejectedIsParked(String code) throws Exception {
        append(12);
        market.breakWith((call, body) -> call == 1 ? failed(body, 3, code, true) : null);

        TestWorkerContext context = untilAllSent();
        sqsRelay().run(context);

        assertThat(context.failures()).isEmpty();
        assertThat(rows("state = 'S'")).isEqualTo(11);
        assertThat(rows("state = 'P' AND message_id = 'order-10015' AND reason LIKE '" + code + "%'"))
                .isEqualTo(1);
    }

    @Test
    void entryWithoutPermissionIsAnOutage() throws Exception {
        append(12);
        market.breakWith((call, body) -> failed(body, 3, "AccessDenied", true));

        TestWorkerContext outage = untilFailures(1);
        sqsRelay().run(outage);

        assertThat(outage.failures()).singleElement().asString().contains("AccessDenied");
        assertThat(rows("state = 'S'")).isEqualTo(9);
        assertThat(rows("state = 'W'")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"RequestThrottled, true", "InternalError, false", "InvalidParameterValue, false", "Unheard, true"})
    void entryThatFailedForAnyOtherReasonIsRetried(String code, boolean senderFault) throws Exception {
        append(12);
        market.breakWith((call, body) -> call == 1 ? failed(body, 3, code, senderFault) : null);

        sqsRelay().run(TestWorkerContext.rounds(ticker, 2));

        assertThat(rows("state = 'S'")).isEqualTo(11);
        assertThat(rows("state = 'W' AND attempts = 1 AND next_attempt_at > UTC_TIMESTAMP(3) + INTERVAL 1 SECOND"
                        + " AND message_id = 'order-10015'"))
                .isEqualTo(1);
    }

    /** SQS rejects the whole batch because of one message in it. */
    @Test
    void batchThatIsRejectedForItsContentIsRetriedMessageByMessage() throws Exception {
        append(12);
        market.breakWith((call, body) ->
                body.contains("\\\"tradeNo\\\":10015}") ? Answer.sqsError(400, "InvalidMessageContents") : null);

        sqsRelay().run(untilAllSent());

        assertThat(rows("state = 'S'")).isEqualTo(11);
        assertThat(rows("state = 'P' AND message_id = 'order-10015'")).isEqualTo(1);
        assertThat(queued()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"403, AuthorizationError", "404, NotFound", "403, ExpiredToken", "400, InvalidParameter"})
    void topicThatRejectsTheCallIsAnOutage(int status, String code) throws Exception {
        append(12);
        market.breakWith((call, body) -> Answer.snsError(status, code));

        TestWorkerContext outage = untilFailures(2);
        relay("sns", TOPIC).run(outage);

        assertThat(outage.failures().get(0)).contains("refused by the test");
        assertThat(rows("state = 'W'")).isEqualTo(12);
    }

    @Test
    void callsOfARoundEndBeforeItsClaimExpires() throws Exception {
        append(100);
        market.breakWith((call, body) -> {
            nanos.addAndGet(Duration.ofSeconds(6).toNanos());
            return null;
        });

        sqsRelay().run(TestWorkerContext.rounds(ticker, 1));

        // A call may take 12 s: none starts after 18 s of the 30 s.
        assertThat(market.calls()).isEqualTo(4);
        assertThat(rows("state = 'S'")).isEqualTo(40);
        assertThat(rows("state = 'W' AND attempts = 0 AND next_attempt_at <= UTC_TIMESTAMP(3)"))
                .isEqualTo(60);
    }

    private OutboxRelay sqsRelay() {
        return relay("sqs", queues.url(EmbeddedQueues.ORDERS));
    }

    private OutboxRelay relay(String mode, String address) {
        OrderOutboxSender sender = new OrderOutboxSender(new Aws(new StrictJson(null), OpenTelemetry.noop())
                .publisher(new finmicro.common.messaging.PublishTarget(mode, address), sqs, sns));
        return new OutboxRelay(
                new TransactionalOutbox(dataSource, dispatch), dispatch, sender, OpenTelemetry.noop(), ticker);
    }

    private TestWorkerContext untilFailures(int failures) {
        return new TestWorkerContext(ticker, context -> context.failures().size() >= failures);
    }

    /** Enough rounds to send all due messages. */
    private TestWorkerContext untilAllSent() {
        return TestWorkerContext.rounds(ticker, 6);
    }

    /** The response of SQS to a batch with one failed entry. */
    private static Answer failed(String body, int failing, String code, boolean senderFault) {
        List<String> successful = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (JsonNode entry : entries(body)) {
            String id = entry.path("Id").asText();
            if (id.equals(String.valueOf(failing))) {
                failed.add("{\"Id\":\"%s\",\"Code\":\"%s\",\"SenderFault\":%s,\"Message\":\"refused by the test\"}"
                        .formatted(id, code, senderFault));
            } else {
                successful.add("{\"Id\":\"%s\",\"MessageId\":\"m-%s\",\"MD5OfMessageBody\":\"\"}".formatted(id, id));
            }
        }
        return new Answer(
                200,
                "application/x-amz-json-1.0",
                "{\"Successful\":[" + String.join(",", successful) + "],\"Failed\":[" + String.join(",", failed)
                        + "]}");
    }

    private static JsonNode entries(String body) {
        try {
            return new ObjectMapper().readTree(body).path("Entries");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rows(String where) throws SQLException {
        return sql("UPDATE outbox SET created_at = created_at + INTERVAL 1 SECOND WHERE " + where);
    }

    private static int queued() {
        String url = queues.url(EmbeddedQueues.ORDERS);
        return Integer.parseInt(queues.client()
                .getQueueAttributes(request ->
                        request.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    private void append(int messages) throws Exception {
        Outbox outbox = new Outbox(dataSource, dispatch);
        List<OutboxMessage> all = new ArrayList<>();
        for (long tradeNo = 10_012; tradeNo < 10_012 + messages; tradeNo++) {
            all.add(new OutboxMessage(tradeNo, Destination.ORDER, "{\"tradeNo\":" + tradeNo + "}", null, null));
        }
        ends.run(() -> dataSource.inTransaction(Executors.callable(() -> outbox.append(all))));
    }
}
