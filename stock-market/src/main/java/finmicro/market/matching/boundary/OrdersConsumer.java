package finmicro.market.matching.boundary;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Received;
import finmicro.common.messaging.Undelivered;
import finmicro.common.telemetry.Log;
import finmicro.common.time.JapanTime;
import finmicro.market.matching.control.OrderMatcher;
import finmicro.market.matching.entity.ContractMessage;
import finmicro.market.matching.entity.OrderMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Matches each order received from {@code stock-order-trades-que}, and publishes the result. Stateless: a redelivered order is
 * matched again, with the same result.
 */
@ApplicationScoped
public class OrdersConsumer implements MessageHandler<OrderMessage> {

    private static final System.Logger ORDERS = Log.ofOrders();

    private final StrictJson json;
    private final Publisher fills;
    private final Clock clock;

    @Inject
    public OrdersConsumer(StrictJson json, @Named("fills") Publisher fills, Clock clock) {
        this.json = json;
        this.fills = fills;
        this.clock = clock;
    }

    @Override
    public OrderMessage read(String body) {
        return json.read(body, OrderMessage.class);
    }

    @Override
    public OptionalLong tradeNo(OrderMessage order) {
        return OptionalLong.of(order.tradeNo());
    }

    @Override
    public Map<Received<OrderMessage>, String> handle(List<Received<OrderMessage>> orders) {
        // One batch may contain the same order twice. Both messages get a result, so the ids must differ.
        Map<String, Match> matches = new LinkedHashMap<>();
        orders.forEach(order -> matches.put(id(order), match(order)));
        List<Outgoing> messages = matches.entrySet().stream()
                .map(match -> match.getValue().message(match.getKey(), json))
                .toList();
        Map<Received<OrderMessage>, String> refused = new HashMap<>();
        for (Undelivered undelivered : fills.publish(messages)) {
            if (!undelivered.refused()) {
                throw SdkClientException.create("match result not accepted: " + undelivered.reason());
            }
            refused.put(matches.remove(undelivered.id()).order(), undelivered.reason());
        }
        matches.values().forEach(Match::log);
        return refused;
    }

    private static String id(Received<OrderMessage> order) {
        return "contract-" + order.body().tradeNo() + "-" + order.messageId();
    }

    private Match match(Received<OrderMessage> order) {
        return new Match(
                order,
                OrderMatcher.match(order.body())
                        .map(price -> ContractMessage.fill(order.body(), price, JapanTime.now(clock)))
                        .orElseGet(() -> ContractMessage.noMatch(order.body())));
    }

    /** An order and its result. */
    private record Match(Received<OrderMessage> order, ContractMessage result) {

        Outgoing message(String id, StrictJson json) {
            return new Outgoing(id, json.text(result), order.traceparent());
        }

        void log() {
            order.context()
                    .wrap(() -> ORDERS.log(
                            System.Logger.Level.INFO,
                            "order.matched filled={0} price={1}",
                            result.orderStatus(),
                            String.valueOf(result.contractPrice())))
                    .run();
        }
    }
}
