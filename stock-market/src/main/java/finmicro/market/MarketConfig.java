package finmicro.market;

import finmicro.common.access.AccessConfig;
import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.ServiceConfig;
import finmicro.common.config.Settings;
import finmicro.common.lifecycle.Worker;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.PublishTarget;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Source;
import finmicro.market.matching.boundary.OrdersConsumer;
import finmicro.market.price.entity.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Reads the environment of stock-market, and produces the beans that depend on it. */
@ApplicationScoped
public class MarketConfig implements ServiceConfig, AccessConfig {

    private final String serviceName;
    private final Optional<TrustedIssuer> trusted;
    private final OriginPolicy originPolicy;
    private final Listing listing;
    private final Duration tickInterval;
    private final PublishTarget prices;
    private final PublishTarget fills;
    private final Source orders;

    /** @throws finmicro.common.config.InvalidConfiguration if variables are missing or invalid; it names each one */
    @Inject
    public MarketConfig(Settings settings) {
        serviceName = settings.optional("SERVICE_NAME").orElse("stock-market-service");
        trusted = TrustedIssuer.of(settings);
        originPolicy = OriginPolicy.of(settings, trusted.isPresent());
        settings.required("AWS_REGION");
        listing = new Listing(
                settings.required("SAMPLE_STOCK_CODE"),
                settings.required("SAMPLE_STOCK_NAME"),
                settings.requiredWhole("FIRST_PRICE", 1, 10_000_000),
                settings.whole("GET_PRICE_MINUTE", 5, 1, 60));
        tickInterval = Duration.ofSeconds(settings.whole("GET_NEXT_PRICE_WAIT_SECOND", 60, 1, 3600));
        prices = PublishTarget.of(settings, "STOCK_PRICE_MESSAGE_MODE", "PRICE_QUE_URL", "PRICE_TOPIC_ARN");
        fills = PublishTarget.of(
                settings, "CONTRACT_TRADE_MESSAGE_MODE", "CONTRACT_TRADE_QUE_URL", "CONTRACT_TRADE_TOPIC_ARN");
        orders = Source.of(settings, settings.required("STOCK_ORDER_TRADE_QUE"), "STOCK_ORDER_TRADE");
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

    /** The interval at which the ticker checks whether a price is due. */
    public Duration tickInterval() {
        return tickInterval;
    }

    @Produces
    @Dependent
    Listing listing() {
        return listing;
    }

    @Produces
    @Dependent
    @Named("prices")
    Publisher pricesPublisher(Aws aws, SqsClient sqs, SnsClient sns) {
        return aws.publisher(prices, sqs, sns);
    }

    @Produces
    @Dependent
    @Named("fills")
    Publisher fillsPublisher(Aws aws, SqsClient sqs, SnsClient sns) {
        return aws.publisher(fills, sqs, sns);
    }

    @Produces
    @Dependent
    Worker ordersPoller(Aws aws, SqsClient sqs, OrdersConsumer consumer) {
        return aws.poller(orders, consumer, sqs);
    }
}
