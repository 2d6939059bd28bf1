package finmicro.trade;

import finmicro.common.access.AccessConfig;
import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.ServiceConfig;
import finmicro.common.config.Settings;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.PublishTarget;
import finmicro.common.messaging.Source;
import finmicro.common.persistence.Migration;
import finmicro.trade.access.entity.Credentials;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.order.control.TradeNumberSettings;
import finmicro.trade.page.entity.PageSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Reads the environment of stock-trade. Each component receives the values that it needs. */
@ApplicationScoped
public class TradeConfig implements ServiceConfig, AccessConfig {

    /** Timeouts of the trade number counter. Without a number, an order is rejected with 503 within 3 s. */
    private static final Duration NUMBERS_ATTEMPT_TIMEOUT = Duration.ofMillis(1000);

    private static final Duration NUMBERS_CALL_TIMEOUT = Duration.ofMillis(2000);

    private final String serviceName;
    private final Optional<TrustedIssuer> trusted;
    private final OriginPolicy originPolicy;
    private final Optional<Credentials> credentials;
    private final Optional<URI> dynamoDb;
    private final AccountSettings accounts;
    private final TradeNumberSettings tradeNumbers;
    private final PageSettings page;
    private final PublishTarget orders;
    private final Source contracts;
    private final URI balance;
    private final URI items;

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
        settings.database();
        settings.required("AWS_REGION");
        dynamoDb = settings.optional("DYNAMODB_ENDPOINT").map(set -> settings.requiredUrl("DYNAMODB_ENDPOINT"));
        orders = PublishTarget.of(settings, "STOCK_ORDER_MESSAGE_MODE", "STOCK_ORDER_TRADE_QUE", "TRADE_TOPIC_ARN");
        contracts = Source.of(settings, settings.required("STOCK_CONTRACT_TRADE_QUE"), "STOCK_CONTRACT_TRADE");
        balance = settings.requiredUrl("BALANCE_SERVICE_URL")
                .resolve(settings.optional("BALANCE_RESOURCE").orElse("balance"));
        items = settings.requiredUrl("ITEMS_SERVICE_URL");
        accounts = AccountSettings.of(settings);
        tradeNumbers = TradeNumberSettings.of(settings);
        page = PageSettings.of(settings, trusted);
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

    /** The queue or topic for orders. */
    PublishTarget orders() {
        return orders;
    }

    /** The queue of the market's answers. */
    Source contracts() {
        return contracts;
    }

    /** The URL of stock-balance. */
    URI balance() {
        return balance;
    }

    /** The URL of stock-items. */
    URI items() {
        return items;
    }

    /** Client credentials for calls to the other services; empty if it calls them without a token. */
    @Produces
    @Singleton
    Optional<Credentials> credentials() {
        return credentials;
    }

    @Produces
    @Singleton
    public AccountSettings accounts() {
        return accounts;
    }

    @Produces
    @Singleton
    TradeNumberSettings tradeNumbers() {
        return tradeNumbers;
    }

    @Produces
    @Singleton
    PageSettings page() {
        return page;
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

    @Produces
    @Dependent
    Migration migration() {
        return new Migration(migration);
    }
}
