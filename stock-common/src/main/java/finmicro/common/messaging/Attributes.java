package finmicro.common.messaging;

import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes that travel beside a body, the same on SQS and SNS. */
final class Attributes {

    static final String MESSAGE_ID = "messageId";
    static final String TRACEPARENT = "traceparent";

    private Attributes() {}

    static Map<String, String> of(Outgoing message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(MESSAGE_ID, message.id());
        if (message.traceparent() != null) {
            attributes.put(TRACEPARENT, message.traceparent());
        }
        return attributes;
    }
}
