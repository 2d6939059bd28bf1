package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Project;
import finmicro.local.Service;
import finmicro.system.MetricsCollector.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/** Dashboards, alarms and the collector's configuration name nothing that the services do not measure. */
@ExtendWith(SharedSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {

    /** What a metric is divided by on CloudWatch. */
    private record Divided(String name, Set<String> dimensions) {}

    private static final Pattern PROMETHEUS_METRIC = Pattern.compile("([a-z_]+)\\{([^}]*)}");
    private static final Pattern PROMETHEUS_BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern PROMETHEUS_MATCHER = Pattern.compile("([a-z_]+)(?==|!=)");

    private static final Pattern CLOUDWATCH_METRIC =
            Pattern.compile("\\[\"\\$\\{Project}\", \"([^\"]+)\"((?:, \"[^\"]+\", \"[^\"]+\")*)");
    private static final Pattern CLOUDWATCH_SEARCH =
            Pattern.compile("SEARCH\\('\\{\\$\\{Project},([^}]*)} MetricName=\\\\\"([^\"\\\\]+)\\\\\"");
    private static final Pattern CLOUDWATCH_ALARM =
            Pattern.compile("Namespace: !Ref Project\\s+MetricName: (\\S+)\\s+Dimensions:\\s+- \\{Name: ([^,]+),");

    private final TradingSystem system;
    private final Trading trading;
    private final MetricsCollector metrics;

    DashboardsIT(TradingSystem system) {
        this.system = system;
        trading = new Trading(system);
        metrics = system.metrics();
    }

    /** Has each thing happen that a metric is of. */
    @BeforeAll
    void provoke() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        trading.post(Service.TRADE, "/trade/order", "{}");
        trading.send(EmbeddedQueues.ORDERS, "poison");
        for (String name : List.of("queue.redelivered.messages", "order.settlement.duration")) {
            awaitMeasured(series -> series.name().equals(name));
        }
        trading.purge(EmbeddedQueues.ORDERS);
        system.withoutQueues(() -> awaitMeasured(series -> series.name().equals("messaging.client.operation.duration")
                && series.attributes().containsKey("error.type")));
    }

    private void awaitMeasured(Predicate<Series> wanted) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> metrics.series().stream().anyMatch(wanted));
    }

    @Test
    void grafanaAsksForWhatIsMeasured() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(text("docs/grafana-dashboard.json"));
        Map<String, Set<String>> measured = metrics.series().stream()
                .flatMap(series -> series.prometheusNames().map(name -> Map.entry(name, series.prometheusLabels())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, DashboardsIT::union));

        assertThat(dashboard.findValuesAsText("expr")).hasSizeGreaterThan(18).allSatisfy(expression -> {
            List<MatchResult> asked =
                    PROMETHEUS_METRIC.matcher(expression).results().toList();
            assertThat(asked).hasSize(1);
            String metric = asked.get(0).group(1);
            assertThat(measured).containsKey(metric);
            assertThat(measured.get(metric))
                    .containsAll(labels(expression, asked.get(0).group(2)));
        });
    }

    private static Set<String> labels(String expression, String selector) {
        Set<String> labels = new TreeSet<>();
        PROMETHEUS_BY
                .matcher(expression)
                .results()
                .forEach(by -> labels.addAll(List.of(by.group(1).split(", "))));
        PROMETHEUS_MATCHER.matcher(selector).results().forEach(matcher -> labels.add(matcher.group(1)));
        return labels;
    }

    @Test
    void cloudWatchShowsWhatTheCollectorIsToldToSendOfWhatIsMeasured() throws IOException {
        List<Divided> shown = shown();
        List<Divided> sent = sent();

        assertThat(shown).hasSizeGreaterThan(12);
        assertThat(shown).allSatisfy(metric -> assertThat(sent).contains(metric));
        assertThat(sent)
                .allSatisfy(metric -> assertThat(metrics.series().stream()
                                .filter(series -> series.name().equals(metric.name()))
                                .map(DashboardsIT::dimensions))
                        .as(metric.name())
                        .anyMatch(dimensions -> dimensions.containsAll(metric.dimensions())));
    }

    /** By the dashboard and the alarms. */
    private static List<Divided> shown() throws IOException {
        String template = text("ecs/observability.yaml");
        List<Divided> shown = new ArrayList<>();
        CLOUDWATCH_METRIC.matcher(template).results().forEach(metric -> {
            List<String> pairs =
                    List.of(metric.group(2).substring(2).replace("\"", "").split(", "));
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                names.add(pairs.get(i));
            }
            shown.add(new Divided(metric.group(1), names));
        });
        CLOUDWATCH_SEARCH
                .matcher(template)
                .results()
                .forEach(search -> shown.add(
                        new Divided(search.group(2), Set.of(search.group(1).split(",")))));
        CLOUDWATCH_ALARM
                .matcher(template)
                .results()
                .forEach(alarm -> shown.add(new Divided(alarm.group(1), Set.of(alarm.group(2)))));
        return shown;
    }

    /** By the collector: each of its selectors selects something. */
    private List<Divided> sent() throws IOException {
        String template = text("ecs/cluster.yaml");
        String declarations =
                template.substring(template.indexOf("metric_declarations:"), template.indexOf("        service:\n"));
        Map<String, List<Map<String, List<Object>>>> parsed = new Yaml().load(declarations.stripIndent());
        List<Divided> sent = new ArrayList<>();
        for (Map<String, List<Object>> declaration : parsed.get("metric_declarations")) {
            for (Object selector : declaration.get("metric_name_selectors")) {
                List<String> names = metrics.series().stream()
                        .map(Series::name)
                        .distinct()
                        .filter(name -> name.matches(".*" + selector + ".*"))
                        .toList();
                assertThat(names).as("" + selector).isNotEmpty();
                for (Object dimensions : declaration.get("dimensions")) {
                    names.forEach(name -> sent.add(new Divided(
                            name,
                            ((List<?>) dimensions).stream().map(String::valueOf).collect(Collectors.toSet()))));
                }
            }
        }
        return sent;
    }

    private static Set<String> dimensions(Series series) {
        return union(series.attributes().keySet(), Set.of("service.name"));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static String text(String path) throws IOException {
        return Files.readString(Project.located().root().resolve(path));
    }
}
