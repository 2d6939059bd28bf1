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
 * Answers each order of {@code stock-order-trades-que} with its contract. Nothing is kept: an order that is delivered
 * again is answered again, with the same decision.
 */
@ApplicationScoped
public class OrdersConsumer implements MessageHandler<OrderMessage> {

    private static final System.Logger ORDERS = Log.ofOrders();

    private final StrictJson json;
    private final Publisher contracts;
    private final Clock clock;

    @Inject
    public OrdersConsumer(StrictJson json, @Named("contracts") Publisher contracts, Clock clock) {
        this.json = json;
        this.contracts = contracts;
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
        // The same order twice in one batch is two messages: each is answered, so each has an id of its own.
        Map<String, Answer> answers = new LinkedHashMap<>();
        orders.forEach(order -> answers.put(id(order), answer(order)));
        List<Outgoing> messages = answers.entrySet().stream()
                .map(answer -> answer.getValue().message(answer.getKey(), json))
                .toList();
        Map<Received<OrderMessage>, String> refused = new HashMap<>();
        for (Undelivered undelivered : contracts.publish(messages)) {
            if (!undelivered.refused()) {
                throw SdkClientException.create("contract not taken: " + undelivered.reason());
            }
            refused.put(answers.remove(undelivered.id()).order(), undelivered.reason());
        }
        answers.values().forEach(Answer::log);
        return refused;
    }

    private static String id(Received<OrderMessage> order) {
        return "contract-" + order.body().tradeNo() + "-" + order.messageId();
    }

    private Answer answer(Received<OrderMessage> order) {
        return new Answer(
                order,
                OrderMatcher.match(order.body())
                        .map(price -> ContractMessage.fill(order.body(), price, JapanTime.now(clock)))
                        .orElseGet(() -> ContractMessage.noMatch(order.body())));
    }

    /** An order and its contract. */
    private record Answer(Received<OrderMessage> order, ContractMessage contract) {

        Outgoing message(String id, StrictJson json) {
            return new Outgoing(id, json.text(contract), order.traceparent());
        }

        void log() {
            order.context()
                    .wrap(() -> ORDERS.log(
                            System.Logger.Level.INFO,
                            "order.matched filled={0} price={1}",
                            contract.orderStatus(),
                            String.valueOf(contract.contractPrice())))
                    .run();
        }
    }
}
