package finmicro.items.price;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Received;
import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.OldDatabase;
import finmicro.embedded.ThreadBoundDataSource;
import finmicro.items.price.boundary.PricesConsumer;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.control.UnknownStocks;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.PriceMessage.DatePrice;
import finmicro.items.price.entity.PriceMessage.TimePrice;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.validation.Validation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PricesConsumerIT {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 26);

    private static EmbeddedDatabase database;
    private static ThreadBoundDataSource dataSource;

    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final PricesConsumer consumer = consumer();

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedDatabase.start(Path.of("target/prices-it"), 0);
        // Same as in database.xml.
        dataSource = new ThreadBoundDataSource(database.jdbcUrl("StockItems") + "?rewriteBatchedStatements=true");
        new Migration(dataSource).prepare();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    private PricesConsumer consumer() {
        OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .build();
        return new PricesConsumer(
                new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()),
                new PriceHistory(dataSource, dataSource),
                new UnknownStocks(dataSource, telemetry),
                java.time.Clock.systemUTC());
    }

    /** Simulates two pollers of one queue, each processing a batch. */
    @Test
    void concurrentBatchesInOppositeOrderDoNotDeadlock() throws Exception {
        List<Received<PriceMessage>> ascending = new ArrayList<>();
        IntStream.range(0, 50).forEach(minute -> ascending.add(price("A002", minute, 2600 + minute)));
        List<Received<PriceMessage>> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        ExecutorService pollers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 100; round++) {
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> one = pollers.submit(() -> handle(ascending, start));
                Future<?> other = pollers.submit(() -> handle(descending, start));
                one.get();
                other.get();
            }
        } finally {
            pollers.shutdown();
        }
    }

    private Void handle(List<Received<PriceMessage>> batch, CyclicBarrier start) throws Exception {
        start.await();
        dataSource.inTransaction(() -> consumer.handle(batch));
        return null;
    }

    @Test
    void laterPriceOfAMinuteReplacesTheEarlierOneOfTheSameBatch() throws Exception {
        dataSource.inTransaction(
                () -> consumer.handle(List.of(price("A001", 5, 100), price("A001", 4, 90), price("A001", 5, 101))));

        assertThat(OldDatabase.value(
                        dataSource, "SELECT price FROM time_prices WHERE stock_code = 'A001' AND time = '09:05'"))
                .isEqualTo("101.0000");
    }

    @Test
    void priceOfAnUnknownStockIsStoredCountedAndLoggedOnce() throws Exception {
        List<String> lines = new ArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(UnknownStocks.class.getName());
        logger.addHandler(log);
        try {
            for (int minute = 0; minute < 3; minute++) {
                List<Received<PriceMessage>> batch = List.of(price("Z999", minute, 50), price("A002", minute, 2600));
                dataSource.inTransaction(() -> consumer.handle(batch));
            }
        } finally {
            logger.removeHandler(log);
        }

        assertThat(OldDatabase.value(dataSource, "SELECT COUNT(*) FROM time_prices WHERE stock_code = 'Z999'"))
                .isEqualTo("3");
        assertThat(lines).containsExactly("WARNING price.unknown-stock stockCode=Z999");
        assertThat(counted()).isEqualTo(3);
    }

    private long counted() {
        return metrics.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("prices.unknown.stock"))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .mapToLong(point -> point.getValue())
                .sum();
    }

    private static Received<PriceMessage> price(String stockCode, int minute, int yen) {
        TimePrice price = new TimePrice("09:%02d".formatted(minute), BigDecimal.valueOf(yen));
        PriceMessage message = new PriceMessage(stockCode, "Sample", List.of(new DatePrice(DAY, List.of(price))));
        return new Received<>(message, "m" + minute, Context.root());
    }
}
