package finmicro.items.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.common.events.Event;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.OldDatabase;
import finmicro.embedded.ThreadBoundDataSource;
import finmicro.items.attribute.control.StockCatalogue;
import finmicro.items.attribute.entity.StockAttribute;
import finmicro.items.price.boundary.PriceChangeSource;
import finmicro.items.price.boundary.PricesConsumer;
import finmicro.items.price.boundary.PricesResource;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.StoredPrice;
import jakarta.validation.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceHistoryIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StrictJson STRICT =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());
    private static final LocalDate SAMPLE_DAY = LocalDate.of(2020, 5, 26);

    /** The response of GET /stock/prices before pages were introduced: the whole sample day. */
    private static final String SAMPLE = "{\"stockCode\":\"A002\",\"stockName\":\"Sample IT Company2\",\"datePrice\":["
            + "{\"date\":20200526,\"timePrice\":[{\"time\":\"09:00\",\"price\":2650},{\"time\":\"09:05\",\"price\":2660},"
            + "{\"time\":\"09:10\",\"price\":2551},{\"time\":\"09:15\",\"price\":2648},{\"time\":\"09:20\",\"price\":2645},"
            + "{\"time\":\"09:25\",\"price\":2647},{\"time\":\"09:30\",\"price\":2643},{\"time\":\"09:35\",\"price\":2640},"
            + "{\"time\":\"09:40\",\"price\":2639},{\"time\":\"09:45\",\"price\":2638},{\"time\":\"09:50\",\"price\":2638},"
            + "{\"time\":\"09:55\",\"price\":2640},{\"time\":\"10:00\",\"price\":2643}]}]}";

    private static EmbeddedDatabase database;
    private static ThreadBoundDataSource dataSource;

    private final PriceHistory history = new PriceHistory(dataSource, dataSource);
    private final PriceChangeSource source = new PriceChangeSource(history);
    private final PricesResource resource = new PricesResource(
            new StockCatalogue() {
                @Override
                public Optional<StockAttribute> find(String stockCode) {
                    return Optional.of(new StockAttribute() {
                        @Override
                        public String stockCode() {
                            return stockCode;
                        }

                        @Override
                        public String stockName() {
                            return "Sample IT Company2";
                        }
                    });
                }
            },
            history);

    @BeforeAll
    static void startDatabase() throws SQLException {
        database = EmbeddedDatabase.start(Path.of("target/price-history-it"), 0);
        dataSource = new ThreadBoundDataSource(database.jdbcUrl("StockItems"));
        new Migration(dataSource).prepare();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void deleteAllButTheSampleDay() throws SQLException {
        OldDatabase.run(dataSource, "DELETE FROM time_prices WHERE date <> 20200526 OR time > '10:00'");
    }

    private String page(LocalDate from, LocalDate to, Integer limit, String cursor) {
        return new String(resource.prices("A002", from, to, limit, cursor), StandardCharsets.UTF_8);
    }

    @Test
    void sampleDayIsReturnedInTheFormatUsedBeforePages() {
        assertThat(page(SAMPLE_DAY, SAMPLE_DAY, null, null)).isEqualTo(SAMPLE);
        assertThat(page(null, null, 13, null)).isEqualTo(SAMPLE);
    }

    @Test
    void pagesHaveNoGapsAndNoDuplicates() throws Exception {
        insert("20200525,'23:55',1", "20200527,'00:00',2", "20200527,'00:05',3");
        List<String> times = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonNode page = JSON.readTree(page(LocalDate.of(2020, 5, 25), null, 4, cursor));
            page.path("datePrice")
                    .forEach(day -> day.path("timePrice")
                            .forEach(minute -> times.add(day.path("date").asText()
                                    + minute.path("time").asText())));
            cursor = page.path("nextCursor").textValue();
            pages++;
        } while (cursor != null);

        assertThat(pages).isEqualTo(4);
        assertThat(times).hasSize(16).isSorted().doesNotHaveDuplicates();
        assertThat(times).startsWith("2020052523:55", "2020052609:00").endsWith("2020052700:00", "2020052700:05");
    }

    @Test
    void latestDayIsReturnedWithoutFrom() throws Exception {
        insert("20200525,'23:55',1", "20200527,'00:00',2");

        assertThat(page(null, null, null, null)).contains("20200527").doesNotContain("20200526");
        assertThat(page(null, SAMPLE_DAY, null, null)).isEqualTo(SAMPLE);
        assertThat(page(null, LocalDate.of(2020, 5, 24), null, null)).contains("\"datePrice\":[]");
    }

    @Test
    void responseNeverExceedsThePageLimit() throws Exception {
        insert(IntStream.range(0, 5_001)
                .mapToObj(i -> "%d,'%02d:%02d',1234.5".formatted(20200601 + i / 1440, i / 60 % 24, i % 60))
                .toArray(String[]::new));

        JsonNode page = JSON.readTree(page(LocalDate.of(2020, 6, 1), null, null, null));

        assertThat(page.path("nextCursor").asText()).isEqualTo("20200604T11:19");
        assertThat(page.findValues("time")).hasSize(5_000);
        assertThat(page.findValues("price")).allMatch(price -> price.asText().equals("1234.5"));
    }

    @ParameterizedTest
    @CsvSource({"20201301T09:00", "20200532T09:00"})
    void cursorOfADayThatDoesNotExistIsRejected(String cursor) {
        assertThatThrownBy(() -> page(null, null, null, cursor)).isInstanceOf(InvalidInput.class);
    }

    private static void insert(String... rows) throws SQLException {
        OldDatabase.run(
                dataSource,
                List.of(rows).stream()
                        .map(row -> "('A002'," + row + ")")
                        .collect(Collectors.joining(
                                ",", "INSERT INTO time_prices (stock_code, date, time, price) VALUES ", "")));
    }

    @Test
    void everyChangeIsDetectedOnceForAnyNumberAndDay() throws Exception {
        Instant position = source.position(Instant.now());
        var before = source.recent(position);
        history.store(List.of(prices(20200526, 12), prices(20190101, 2)));

        List<Event> changes = source.describe(source.recent(position).stream()
                .filter(price -> !before.contains(price))
                .toList());

        assertThat(changes).hasSize(14).doesNotHaveDuplicates();
        var detected = source.recent(source.position(Instant.now()));
        history.store(List.of(prices(20200526, 12)));
        assertThat(source.recent(source.position(Instant.now()))).isEqualTo(detected);
    }

    @Test
    void priceThatReturnsToItsOldValueIsAChange() throws Exception {
        insert("20210101,'12:00',1");
        StoredPrice first = newest();
        OldDatabase.run(dataSource, "UPDATE time_prices SET price = 2 WHERE date = 20210101");
        OldDatabase.run(dataSource, "UPDATE time_prices SET price = 1 WHERE date = 20210101");

        assertThat(newest().price()).isEqualByComparingTo(first.price());
        assertThat(newest()).isNotEqualTo(first);
    }

    private StoredPrice newest() throws SQLException {
        List<StoredPrice> changed = history.changed(history.lastChange(), 1_000);
        return changed.get(changed.size() - 1);
    }

    @Test
    void oldServiceCanStorePricesConcurrently() throws Exception {
        // MySQL sets no time of change for this row (ADR 27): it is stored, but not sent to subscribers.
        OldDatabase.run(dataSource, "INSERT INTO time_prices VALUES ('A002', 20210201, '09:00', 2345)");
        OldDatabase.run(
                dataSource,
                "INSERT INTO time_prices (stock_code, date, time, price) VALUES ('A002', 20210202, '09:00', 2345)");

        assertThat(newest().date()).isEqualTo(LocalDate.of(2021, 2, 2));
        assertThat(OldDatabase.value(dataSource, "SELECT COUNT(*) FROM time_prices WHERE date = 20210201"))
                .isEqualTo("1");
        assertThat(OldDatabase.value(
                        dataSource,
                        "SELECT COUNT(*) FROM time_prices WHERE date = 20200526 AND changed_at > '2000-01-01'"))
                .isEqualTo("0");
    }

    private static PriceMessage prices(int date, int count) {
        return STRICT.read(
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"time\":\"15:%02d\",\"price\":%d}".formatted(i, 3_000 + i))
                        .collect(Collectors.joining(
                                ",",
                                "{\"stockCode\":\"A002\",\"stockName\":\"S\",\"datePrice\":[{\"date\":" + date
                                        + ",\"timePrice\":[",
                                "]}]}")),
                PriceMessage.class);
    }

    /** The current time is 09:00 on 26 May 2020 in Japan. */
    @ParameterizedTest
    @CsvSource({"20200527,09:00,true", "20200527,09:01,false", "20200528,00:00,false", "99991231,09:00,false"})
    void priceMoreThanADayInTheFutureIsAPoisonMessage(int date, String time, boolean accepted) throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2020-05-26T00:00:00Z"), ZoneOffset.UTC);
        PricesConsumer consumer = new PricesConsumer(STRICT, history, null, clock);
        String body = "{\"stockCode\":\"A002\",\"stockName\":\"S\",\"datePrice\":[{\"date\":" + date
                + ",\"timePrice\":[{\"time\":\"" + time + "\",\"price\":1}]}]}";

        if (accepted) {
            assertThat(consumer.read(body).stockCode()).isEqualTo("A002");
        } else {
            assertThatThrownBy(() -> consumer.read(body)).isInstanceOf(InvalidInput.class);
        }
    }
}
