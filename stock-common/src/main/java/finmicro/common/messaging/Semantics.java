package finmicro.common.messaging;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/** OpenTelemetry's names for messaging (semantic conventions 1.36); what it has no name for ends this list. */
final class Semantics {

    static final AttributeKey<String> SYSTEM = stringKey("messaging.system");
    static final AttributeKey<String> DESTINATION = stringKey("messaging.destination.name");
    static final AttributeKey<String> OPERATION = stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = stringKey("messaging.operation.type");
    static final AttributeKey<String> MESSAGE_ID = stringKey("messaging.message.id");

    static final String SENT = "messaging.client.sent.messages";
    static final String CONSUMED = "messaging.client.consumed.messages";
    static final String OPERATION_DURATION = "messaging.client.operation.duration";
    static final String PROCESS_DURATION = "messaging.process.duration";

    static final String SQS = "aws_sqs";
    static final String SNS = "aws.sns";

    static final AttributeKey<Long> RECEIVE_COUNT = longKey("queue.message.receive_count");
    static final String REDELIVERED = "queue.redelivered.messages";
    static final String PERMITS_USED = "queue.permits.used";

    private Semantics() {}
}
