package finmicro.local;

import static finmicro.embedded.EmbeddedQueues.CONTRACTS;
import static finmicro.embedded.EmbeddedQueues.ORDERS;
import static finmicro.embedded.EmbeddedQueues.PRICES;

import finmicro.embedded.EmbeddedDatabase;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of each service in the local system. With the standard ports, they equal the
 * {@code liberty.env.*} properties of the service's pom, which are for {@code liberty:dev}.
 *
 * @param spans address for spans in Zipkin's format; null disables telemetry
 */
public record LocalEnvironment(Ports ports, Messaging messaging, URI spans) {

    /** All variables of one service, by name. */
    public Map<String, String> of(Service service) {
        var variables = new TreeMap<String, String>();
        variables.put("PORT_NUMBER", String.valueOf(ports.of(service.port())));
        variables.put("HTTP_HOST", "127.0.0.1");
        variables.put("SERVICE_NAME", service.artifact() + "-service");
        variables.put("CORS_ORIGINS", pageOrigins());
        if (spans != null) {
            telemetry(service, variables);
        }
        switch (service) {
            case ITEMS -> {
                database(variables, "StockItems");
                aws(variables);
                variables.put("STOCK_PRICE_QUE", messaging.queueUrl(PRICES));
            }
            case TRADE -> {
                database(variables, "StockTrade");
                aws(variables);
                trade(variables);
            }
            case BALANCE -> database(variables, "StockBalance");
            case MARKET -> {
                aws(variables);
                market(variables);
            }
        }
        return variables;
    }

    private void telemetry(Service service, Map<String, String> variables) {
        variables.put("OTEL_SDK_DISABLED", "false");
        // Short, because the map truncates long names.
        variables.put("OTEL_SERVICE_NAME", service.artifact());
        variables.put("OTEL_TRACES_EXPORTER", "zipkin");
        variables.put("OTEL_EXPORTER_ZIPKIN_ENDPOINT", spans.toString());
        variables.put("OTEL_BSP_SCHEDULE_DELAY", "1000");
        variables.put("OTEL_METRICS_EXPORTER", "none");
        variables.put("OTEL_LOGS_EXPORTER", "none");
        variables.put("ORDER_LOG", "info");
    }

    private void trade(Map<String, String> variables) {
        variables.put("DYNAMODB_ENDPOINT", address(Port.DYNAMODB));
        variables.put("STOCK_ORDER_TRADE_QUE", messaging.queueUrl(ORDERS));
        variables.put("STOCK_CONTRACT_TRADE_QUE", messaging.queueUrl(CONTRACTS));
        variables.put("BALANCE_SERVICE_URL", address(Port.BALANCE) + "/");
        variables.put("BALANCE_RESOURCE", "balance");
        variables.put("ITEMS_SERVICE_URL", address(Port.ITEMS) + "/");
        variables.put("PAGE_ITEMS_URL", address(Port.ITEMS));
        variables.put("PAGE_BALANCE_URL", address(Port.BALANCE));
        if (messaging.publishes()) {
            variables.put("STOCK_ORDER_MESSAGE_MODE", "sns");
            variables.put("TRADE_TOPIC_ARN", messaging.topicArns().get(ORDERS));
        }
    }

    private void market(Map<String, String> variables) {
        variables.put("PRICE_QUE_URL", messaging.queueUrl(PRICES));
        variables.put("CONTRACT_TRADE_QUE_URL", messaging.queueUrl(CONTRACTS));
        variables.put("STOCK_ORDER_TRADE_QUE", messaging.queueUrl(ORDERS));
        variables.put("SAMPLE_STOCK_CODE", "A002");
        variables.put("SAMPLE_STOCK_NAME", "Sample IT Company2");
        variables.put("FIRST_PRICE", "2650");
        variables.put("GET_PRICE_MINUTE", "1");
        variables.put("GET_NEXT_PRICE_WAIT_SECOND", "10");
        if (messaging.publishes()) {
            variables.put("STOCK_PRICE_MESSAGE_MODE", "sns");
            variables.put("PRICE_TOPIC_ARN", messaging.topicArns().get(PRICES));
            variables.put("CONTRACT_TRADE_MESSAGE_MODE", "sns");
            variables.put("CONTRACT_TRADE_TOPIC_ARN", messaging.topicArns().get(CONTRACTS));
        }
    }

    private void database(Map<String, String> variables, String schema) {
        variables.put("DB_HOST_MASTER", "127.0.0.1:" + ports.of(Port.DATABASE));
        variables.put("DB_USERNAME", EmbeddedDatabase.USER);
        variables.put("DB_PASSWORD", EmbeddedDatabase.PASSWORD);
        variables.put("DB_NAME", schema);
    }

    private void aws(Map<String, String> variables) {
        variables.put("AWS_REGION", "ap-northeast-1");
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("AWS_ENDPOINT_URL_SQS", messaging.sqs().toString());
        if (messaging.publishes()) {
            variables.put("AWS_ENDPOINT_URL_SNS", messaging.sns().toString());
        }
    }

    /** The screen is served by stock-trade, and can be opened by either name of this machine. */
    private String pageOrigins() {
        return address(Port.TRADE) + ",http://localhost:" + ports.of(Port.TRADE);
    }

    private String address(Port port) {
        return "http://127.0.0.1:" + ports.of(port);
    }
}
