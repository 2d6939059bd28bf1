package finmicro.trade;

import finmicro.common.events.Feed;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.Publisher;
import finmicro.common.persistence.Purge;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.reconciliation.ReconciliationWorker;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.BearerTokenFilter;
import finmicro.trade.account.boundary.AccountChangeSource;
import finmicro.trade.account.boundary.AccountEvents;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.account.control.SkippedEffects;
import finmicro.trade.ledger.control.BalanceGateway;
import finmicro.trade.ledger.control.EntryOutboxSender;
import finmicro.trade.ledger.control.FeedBookings;
import finmicro.trade.ledger.control.FeedCursor;
import finmicro.trade.ledger.control.FeedReader;
import finmicro.trade.ledger.control.TakeOver;
import finmicro.trade.market.boundary.ContractsConsumer;
import finmicro.trade.market.control.OrderOutboxSender;
import finmicro.trade.order.boundary.OrderChangeSource;
import finmicro.trade.order.control.IdempotencyKeys;
import finmicro.trade.order.control.ItemsGateway;
import finmicro.trade.order.control.OutcomeSweep;
import finmicro.trade.order.control.SweepWorker;
import finmicro.trade.outbox.control.AfterCommitDispatch;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.OutboxMetrics;
import finmicro.trade.outbox.control.OutboxRelay;
import finmicro.trade.reconciliation.control.AccountEffectsCheck;
import finmicro.trade.reconciliation.control.Journal;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Produces the workers of stock-trade, its event feeds, and its gateways to other services. */
@ApplicationScoped
public class TradeComponents {

    private final TradeConfig config;

    @Inject
    public TradeComponents(TradeConfig config) {
        this.config = config;
    }

    /** Created at startup with the relays that use it, so that no order waits for it. */
    @Produces
    @Singleton
    BalanceGateway balance(JsonBody body, StrictJson json, BearerTokenFilter token) {
        return new BalanceGateway(config.balance(), body, json, token);
    }

    @Produces
    @Singleton
    ItemsGateway items(JsonBody body, BearerTokenFilter token) {
        return new ItemsGateway(config.items(), body, token);
    }

    @Produces
    @Dependent
    Publisher ordersPublisher(Aws aws, SqsClient sqs, SnsClient sns) {
        return aws.publisher(config.orders(), sqs, sns);
    }

    @Produces
    @Dependent
    Worker contractsPoller(Aws aws, SqsClient sqs, ContractsConsumer consumer) {
        return aws.poller(config.contracts(), consumer, sqs);
    }

    @Produces
    @Dependent
    Worker orderRelay(Outbox outbox, AfterCommitDispatch dispatch, OrderOutboxSender sender, OpenTelemetry telemetry) {
        return new OutboxRelay(outbox, dispatch, sender, telemetry);
    }

    @Produces
    @Dependent
    Worker entryRelay(Outbox outbox, AfterCommitDispatch dispatch, EntryOutboxSender sender, OpenTelemetry telemetry) {
        return new OutboxRelay(outbox, dispatch, sender, telemetry);
    }

    @Produces
    @Dependent
    Worker outcomeSweep(OutcomeSweep sweep, LockWaits waits, SkippedEffects skipped) {
        return new SweepWorker(sweep, waits, skipped);
    }

    @Produces
    @Dependent
    Worker feedReader(
            BalanceGateway balance,
            FeedCursor cursor,
            FeedBookings bookings,
            TakeOver takeOver,
            SkippedEffects skipped) {
        return new FeedReader(
                balance, cursor, bookings, takeOver, skipped, config.accounts().checksBuyingPower());
    }

    @Produces
    @Singleton
    DifferenceReport differences(OpenTelemetry telemetry) {
        return new DifferenceReport(telemetry);
    }

    void close(@Disposes DifferenceReport differences) {
        differences.close();
    }

    @Produces
    @Singleton
    AccountSlices accountSlices(AccountEffectsCheck check, DifferenceReport differences) {
        return new AccountSlices(check, differences);
    }

    @Produces
    @Dependent
    Worker reconciliation(ReconciliationRun run) {
        return new ReconciliationWorker(run::slice);
    }

    @Produces
    @Dependent
    Worker journalPurge(Journal journal) {
        return new Purge("account-effects", journal::purge);
    }

    @Produces
    @Dependent
    Worker outboxMetrics(
            Outbox outbox,
            OpenTelemetry telemetry,
            @ConfigProperty(name = "otel.sdk.disabled", defaultValue = "true") boolean telemetryDisabled) {
        return new OutboxMetrics(outbox, telemetry, !telemetryDisabled);
    }

    @Produces
    @Singleton
    Feed orderEvents(OrderChangeSource changes, Clock clock, StrictJson json) {
        return new Feed("order", changes, clock, json);
    }

    @Produces
    @Singleton
    @AccountEvents
    Feed accountEvents(AccountChangeSource changes, Clock clock, StrictJson json) {
        return new Feed("account", changes, clock, json);
    }

    @Produces
    @Dependent
    Worker outboxPurge(Outbox outbox) {
        return new Purge("outbox", outbox::purge);
    }

    @Produces
    @Dependent
    Worker idempotencyKeysPurge(IdempotencyKeys keys) {
        return new Purge("idempotency-keys", keys::purge);
    }
}
