package finmicro.trade.ledger.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.trade.outbox.entity.OutboxMessage;

/**
 * An entry for stock-balance to book, converted from its outbox message.
 *
 * @param message the message
 * @param json the entry in the format of {@code POST /balance/entries}
 */
public record LedgerEntry(OutboxMessage message, JsonNode json) {

    private static final String ACCOUNT = "account";

    /**
     * Converts a message to its entry.
     *
     * @throws InvalidInput if the body is not a JSON object, which would make the whole batch unreadable
     */
    public static LedgerEntry of(OutboxMessage message) {
        ObjectNode body = (ObjectNode) StrictJson.object(message.body());
        ObjectNode entry =
                message.tradeNo().isPresent() ? settlement(message.tradeNo().getAsLong(), body) : body;
        if (message.traceparent() != null) {
            entry.put("traceparent", message.traceparent());
        }
        return new LedgerEntry(message, entry);
    }

    private static ObjectNode settlement(long tradeNo, ObjectNode contract) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("key", "trade-" + tradeNo);
        JsonNode account = contract.remove(ACCOUNT);
        if (account != null) {
            entry.set(ACCOUNT, account);
        }
        entry.put("kind", "SETTLEMENT").set("contract", contract);
        return entry;
    }

    /** Its unique key in the ledger. */
    public String key() {
        return json.path("key").asText();
    }

    /** Whether the old stock-balance can book it, which only supports settlements of the account {@code main}. */
    public boolean isForOldLedger() {
        return message.tradeNo().isPresent() && !json.has(ACCOUNT);
    }
}
