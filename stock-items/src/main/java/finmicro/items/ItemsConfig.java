package finmicro.items;

import finmicro.common.access.AccessConfig;
import finmicro.common.access.OriginPolicy;
import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.ServiceConfig;
import finmicro.common.config.Settings;
import finmicro.common.events.Feed;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.Source;
import finmicro.common.persistence.Migration;
import finmicro.items.price.boundary.PriceChangeSource;
import finmicro.items.price.boundary.PricesConsumer;
import finmicro.items.price.control.ForReading;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Reads the environment of stock-items, and produces the beans that depend on it. */
@ApplicationScoped
public class ItemsConfig implements ServiceConfig, AccessConfig {

    private final String serviceName;
    private final Optional<TrustedIssuer> trusted;
    private final OriginPolicy originPolicy;
    private final Source prices;

    @Produces
    @Resource(lookup = "jdbc/master")
    private DataSource master;

    @Produces
    @ForReading
    @Resource(lookup = "jdbc/read")
    private DataSource read;

    @Resource(lookup = "jdbc/migration")
    private DataSource migration;

    /** @throws finmicro.common.config.InvalidConfiguration if variables are missing or invalid; it names each one */
    @Inject
    public ItemsConfig(Settings settings) {
        serviceName = settings.optional("SERVICE_NAME").orElse("stock-items-service");
        trusted = TrustedIssuer.of(settings);
        originPolicy = OriginPolicy.of(settings, trusted.isPresent());
        settings.database();
        settings.required("AWS_REGION");
        String queue = settings.optional("STOCK_PRICE_QUE_NAME").orElse("");
        prices = Source.of(
                settings,
                settings.optional("STOCK_PRICE_QUE")
                        .orElseGet(() -> queue.isEmpty() ? settings.required("STOCK_PRICE_QUE") : queue),
                "STOCK_PRICE");
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

    @Produces
    @Dependent
    Migration migration() {
        return new Migration(migration);
    }

    @Produces
    @Dependent
    Worker pricesPoller(Aws aws, SqsClient sqs, PricesConsumer consumer) {
        return aws.poller(prices, consumer, sqs);
    }

    @Produces
    @Singleton
    Feed priceEvents(PriceChangeSource changes, Clock clock, StrictJson json) {
        return new Feed("price", changes, clock, json);
    }
}
