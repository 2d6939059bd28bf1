package finmicro.trade.settlement.control;

import finmicro.common.problem.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.Durations;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.TradeConfig;
import finmicro.trade.outbox.control.Delivery;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Has stock-balance settle contracts. That it is away is a delay, never a loss. */
@ApplicationScoped
public class SettlementDelivery implements Delivery {

    private final BalanceClient balance;
    private final Clock clock;
    private final Durations duration;

    @Inject
    public SettlementDelivery(TradeConfig config, Clock clock, OpenTelemetry telemetry) {
        this.clock = clock;
        duration =
                new Durations(telemetry, "order.settlement.duration", "From an order's acceptance to its settlement");
        balance = RestClientBuilder.newBuilder()
                .baseUri(config.balance())
                .connectTimeout(1, TimeUnit.SECONDS)
                // Longer than stock-balance takes to give up on its own database. Should a claim run out meanwhile,
                // a contract is posted twice and settled once.
                .readTimeout(10, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(BalanceClient.class);
    }

    @Override
    public Destination destination() {
        return Destination.SETTLE;
    }

    @Override
    public Map<String, Outcome> deliver(List<OutboxMessage> messages) {
        Map<String, Outcome> outcomes = new HashMap<>();
        Outcome away = null;
        for (OutboxMessage message : messages) {
            Outcome outcome = away == null ? settle(message) : away;
            outcomes.put(message.messageId(), outcome);
            if (outcome.result() == Outcome.Result.AWAY) {
                away = outcome;
            }
        }
        return outcomes;
    }

    @Override
    public void delivered(OutboxMessage message) {
        if (message.acceptedAt() != null) {
            duration.record(Duration.between(message.acceptedAt(), clock.instant()));
        }
    }

    private Outcome settle(OutboxMessage message) {
        return TraceContext.of(message.traceparent())
                .wrapSupplier(() -> post(message.body()))
                .get();
    }

    private Outcome post(String contract) {
        try (Response response = balance.settle(contract)) {
            return outcome(response);
        } catch (ProcessingException e) {
            return Outcome.away(Outages.reason(e));
        }
    }

    /** A 404 without a problem document comes from a server whose application is not there yet. */
    private static Outcome outcome(Response response) {
        int status = response.getStatus();
        String reason = "stock-balance answers " + status;
        if (status == 200) {
            return Outcome.SENT;
        }
        if (status == 503 || status == 502 || status == 504 || (status == 404 && !Problem.isIn(response))) {
            return Outcome.away(reason);
        }
        return status >= 500 || status == 408 || status == 429 ? Outcome.again(reason) : Outcome.refused(reason);
    }
}
