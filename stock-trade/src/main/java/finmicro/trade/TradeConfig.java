package finmicro.trade;

import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.ServiceConfig;
import finmicro.common.config.Settings;
import finmicro.common.events.Feed;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.PublishTarget;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Source;
import finmicro.common.persistence.Migration;
import finmicro.common.persistence.Purge;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.reconciliation.ReconciliationWorker;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.WithToken;
import finmicro.trade.access.entity.Credentials;
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
import finmicro.trade.order.control.OutcomeSweep;
import finmicro.trade.order.control.SweepWorker;
import finmicro.trade.outbox.control.AfterCommitDispatch;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.OutboxMetrics;
import finmicro.trade.outbox.control.OutboxRelay;
import finmicro.trade.page.entity.SignIn;
import finmicro.trade.reconciliation.control.AccountEffectsCheck;
import finmicro.trade.reconciliation.control.Journal;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Reads the environment of stock-trade, and produces the beans that depend on it. */
@ApplicationScoped
public class TradeConfig implements ServiceConfig {

    /** Timeouts of the trade number counter. Without a number, an order is rejected with 503 within 3 s. */
    private static final Duration NUMBERS_ATTEMPT_TIMEOUT = Duration.ofMillis(1000);

    private static final Duration NUMBERS_CALL_TIMEOUT = Duration.ofMillis(2000);

    private final String serviceName;
    private final Optional<TrustedIssuer> trusted;
    private final OriginPolicy originPolicy;
    private final Optional<Credentials> credentials;
    private final Optional<SignIn> signIn;
    private final Optional<URI> dynamoDb;
    private final int numberBlock;
    private final PublishTarget orders;
    private final Source contracts;
    private final URI balance;
    private final URI items;
    private final boolean checksBuyingPower;
    private final boolean opensAccounts;
    private final long openingCash;
    private final Optional<URI> pageItems;
    private final Optional<URI> pageBalance;

    @Produces
    @Resource(lookup = "jdbc/master")
    private DataSource master;

    @Resource(lookup = "jdbc/migration")
    private DataSource migration;

    /** @throws finmicro.common.config.InvalidConfiguration naming each missing or invalid variable */
    @Inject
    public TradeConfig(Settings settings) {
        serviceName = settings.optional("SERVICE_NAME").orElse("stock-trade-service");
        trusted = TrustedIssuer.of(settings);
        originPolicy = OriginPolicy.of(settings, trusted.isPresent());
        credentials = Credentials.of(settings, trusted.isPresent());
        signIn = trusted.map(issuer -> SignIn.of(settings, issuer));
        settings.database();
        settings.required("AWS_REGION");
        dynamoDb = settings.optional("DYNAMODB_ENDPOINT").map(set -> settings.requiredUrl("DYNAMODB_ENDPOINT"));
        numberBlock = settings.whole("TRADE_NUMBER_BLOCK", 50, 1, 10_000);
        orders = PublishTarget.of(settings, "STOCK_ORDER_MESSAGE_MODE", "STOCK_ORDER_TRADE_QUE", "TRADE_TOPIC_ARN");
        contracts = Source.of(settings, settings.required("STOCK_CONTRACT_TRADE_QUE"), "STOCK_CONTRACT_TRADE");
        balance = settings.requiredUrl("BALANCE_SERVICE_URL")
                .resolve(settings.optional("BALANCE_RESOURCE").orElse("balance"));
        items = settings.requiredUrl("ITEMS_SERVICE_URL");
        checksBuyingPower = settings.oneOf("BUYING_POWER", "on", "off").equals("on");
        opensAccounts = settings.oneOf("ACCOUNT_OPENING", "auto", "manual").equals("auto");
        openingCash = settings.whole("OPENING_CASH", 10_000_000, 0, 1_000_000_000);
        pageItems = settings.optionalOrigin("PAGE_ITEMS_URL");
        pageBalance = settings.optionalOrigin("PAGE_BALANCE_URL");
        settings.check();
    }

    @Override
    public String serviceName() {
        return serviceName;
    }

    @Override
    public Optional<TrustedIssuer> trusted() {
        return trusted;
    }

    @Override
    public OriginPolicy originPolicy() {
        return originPolicy;
    }

    /** How users sign in on the page; empty without authentication. */
    public Optional<SignIn> signIn() {
        return signIn;
    }

    /** Client credentials for calls to the other services; empty if it calls them without a token. */
    public Optional<Credentials> credentials() {
        return credentials;
    }

    /** Number of trade numbers per block taken from the counter. */
    public int numberBlock() {
        return numberBlock;
    }

    /** Whether orders are checked against buying power and positions. Not possible with the old stock-balance. */
    public boolean checksBuyingPower() {
        return checksBuyingPower;
    }

    /** Whether the first write to an account opens it; otherwise only an operator can. */
    public boolean opensAccounts() {
        return opensAccounts;
    }

    /** Opening cash of an account, in whole yen. */
    public long openingCash() {
        return openingCash;
    }

    /** The URL of stock-items. */
    public URI items() {
        return items;
    }

    /** The origin of stock-items for the page; empty if it is the origin of the page. */
    public Optional<URI> pageItems() {
        return pageItems;
    }

    /** The origin of stock-balance for the page; empty if it is the origin of the page. */
    public Optional<URI> pageBalance() {
        return pageBalance;
    }

    @Produces
    @ApplicationScoped
    DynamoDbClient dynamoDb() {
        DynamoDbClientBuilder builder = DynamoDbClient.builder();
        dynamoDb.ifPresent(builder::endpointOverride);
        return Aws.bounded(builder, NUMBERS_ATTEMPT_TIMEOUT, NUMBERS_CALL_TIMEOUT);
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    /** Created at startup with the relays that use it, so that no order waits for it. */
    @Produces
    @Singleton
    BalanceGateway balance(JsonBody body, StrictJson json, WithToken token) {
        return new BalanceGateway(balance, body, json, token);
    }

    @Produces
    @Dependent
    Migration migration() {
        return new Migration(migration);
    }

    @Produces
    @Dependent
    Publisher ordersPublisher(Aws aws, SqsClient sqs, SnsClient sns) {
        return aws.publisher(orders, sqs, sns);
    }

    @Produces
    @Dependent
    Worker contractsPoller(Aws aws, SqsClient sqs, ContractsConsumer consumer) {
        return aws.poller(contracts, consumer, sqs);
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
        return new FeedReader(balance, cursor, bookings, takeOver, skipped, checksBuyingPower);
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
