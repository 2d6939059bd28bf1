package finmicro.common.messaging;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import finmicro.common.telemetry.Durations;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;

/** OpenTelemetry's names for messaging (semantic conventions 1.36), followed by custom names. */
final class Semantics {

    static final AttributeKey<String> SYSTEM = stringKey("messaging.system");
    static final AttributeKey<String> DESTINATION = stringKey("messaging.destination.name");
    static final AttributeKey<String> OPERATION = stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = stringKey("messaging.operation.type");
    static final AttributeKey<String> MESSAGE_ID = stringKey("messaging.message.id");

    static final String SENT = "messaging.client.sent.messages";
    static final String CONSUMED = "messaging.client.consumed.messages";
    private static final String OPERATION_DURATION = "messaging.client.operation.duration";
    static final String PROCESS_DURATION = "messaging.process.duration";

    static final String SQS = "aws_sqs";
    static final String SNS = "aws.sns";

    static final AttributeKey<Long> RECEIVE_COUNT = longKey("queue.message.receive_count");
    static final String REDELIVERED = "queue.redelivered.messages";
    static final String UNSETTLED = "queue.unsettled.messages";
    static final String PERMITS_USED = "queue.permits.used";

    private Semantics() {}

    /** The histogram of call durations. */
    static Durations calls(OpenTelemetry telemetry) {
        return new Durations(telemetry, OPERATION_DURATION, "Duration of a queue or topic call, except idle receives");
    }
}
