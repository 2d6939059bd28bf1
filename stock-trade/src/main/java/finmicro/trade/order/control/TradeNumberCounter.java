package finmicro.trade.order.control;

import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The counter of trade numbers, one item in DynamoDB for all tasks. Each method is one call, and throws {@link
 * software.amazon.awssdk.core.exception.SdkException} if the call fails.
 */
final class TradeNumberCounter {

    private static final long BEFORE_FIRST = 10_011;

    private final DynamoDbClient dynamoDb;
    private final CallSpans spans;
    private final String table;
    private final Attributes call;

    TradeNumberCounter(DynamoDbClient dynamoDb, CallSpans spans, String table) {
        this.dynamoDb = dynamoDb;
        this.spans = spans;
        this.table = table;
        this.call = Attributes.builder()
                .put("rpc.system", "aws-api")
                .put("rpc.service", "DynamoDB")
                .put("rpc.method", "UpdateItem")
                .put("db.system.name", "aws.dynamodb")
                .put("db.operation.name", "UpdateItem")
                .put(AttributeKey.stringArrayKey("aws.dynamodb.table_names"), List.of(table))
                .put(Telemetry.PEER_SERVICE, "DynamoDB")
                .build();
    }

    /** Takes a block of numbers. Returns the last one. The very first call creates the item. */
    long take(int block) {
        String max = update(UpdateItemRequest.builder()
                        .updateExpression("SET max_value = if_not_exists(max_value, :first) + :n")
                        .expressionAttributeValues(Map.of(":first", number(BEFORE_FIRST), ":n", number(block)))
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes()
                .get("max_value")
                .n();
        return Long.parseLong(max);
    }

    /**
     * Raises the counter, and never lowers it: if two tasks raise it concurrently, the higher value remains.
     *
     * @return whether it was below the value
     */
    boolean raise(long value) {
        try {
            update(UpdateItemRequest.builder()
                    .updateExpression("SET max_value = :value")
                    .conditionExpression("attribute_not_exists(max_value) OR max_value < :value")
                    .expressionAttributeValues(Map.of(":value", number(value))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private UpdateItemResponse update(UpdateItemRequest.Builder request) {
        UpdateItemRequest update = request.tableName(table)
                .key(Map.of("column_name", AttributeValue.fromS("trade_no")))
                .build();
        return spans.call("DynamoDB.UpdateItem", () -> call, () -> dynamoDb.updateItem(update));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
