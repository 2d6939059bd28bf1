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

/** Checks that dashboards, alarms and the configuration of the collector name only metrics that the services have. */
@ExtendWith(SharedSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {

    /** A metric and its dimensions on CloudWatch. */
    private record MetricDimensions(String name, Set<String> dimensions) {}

    private static final Pattern PROMETHEUS_METRIC = Pattern.compile("([a-z_]+)\\{([^}]*)}");
    private static final Pattern PROMETHEUS_BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern PROMETHEUS_MATCHER = Pattern.compile("([a-z_]+)(?==|!=)");

    private static final Pattern CLOUDWATCH_METRIC =
            Pattern.compile("\\[\"\\$\\{Project}\", \"([^\"]+)\"((?:, \"[^\"]+\", \"[^\"]+\")*)");
    private static final Pattern CLOUDWATCH_SEARCH =
            Pattern.compile("SEARCH\\('\\{\\\\\"\\$\\{Project}\\\\\",([^}]*)} MetricName=\\\\\"([^\"\\\\]+)\\\\\"");
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

    /** Triggers an event for each metric. */
    @BeforeAll
    void triggerMetrics() {
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
    void grafanaUsesOnlyExistingMetrics() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(text("docs/grafana-dashboard.json"));
        Map<String, Set<String>> measured = metrics.series().stream()
                .flatMap(series -> series.prometheusNames().map(name -> Map.entry(name, series.prometheusLabels())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, DashboardsIT::union));

        assertThat(dashboard.findValuesAsText("expr")).hasSizeGreaterThan(18).allSatisfy(expression -> {
            List<MatchResult> queried =
                    PROMETHEUS_METRIC.matcher(expression).results().toList();
            assertThat(queried).hasSize(1);
            String metric = queried.get(0).group(1);
            assertThat(measured).containsKey(metric);
            assertThat(measured.get(metric))
                    .containsAll(labels(expression, queried.get(0).group(2)));
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
    void cloudWatchUsesOnlyMetricsThatTheCollectorSends() throws IOException {
        List<MetricDimensions> used = used();
        List<MetricDimensions> sent = sent();

        assertThat(used).hasSizeGreaterThan(12);
        assertThat(used).allSatisfy(metric -> assertThat(sent).contains(metric));
        assertThat(sent)
                .allSatisfy(metric -> assertThat(metrics.series().stream()
                                .filter(series -> series.name().equals(metric.name()))
                                .map(DashboardsIT::dimensions))
                        .as(metric.name())
                        .anyMatch(dimensions -> dimensions.containsAll(metric.dimensions())));
    }

    /** Metrics that the dashboard and the alarms use. */
    private static List<MetricDimensions> used() throws IOException {
        String template = text("ecs/observability.yaml");
        List<MetricDimensions> used = new ArrayList<>();
        CLOUDWATCH_METRIC.matcher(template).results().forEach(metric -> {
            List<String> pairs =
                    List.of(metric.group(2).substring(2).replace("\"", "").split(", "));
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                names.add(pairs.get(i));
            }
            used.add(new MetricDimensions(metric.group(1), names));
        });
        CLOUDWATCH_SEARCH
                .matcher(template)
                .results()
                .forEach(search -> used.add(new MetricDimensions(
                        search.group(2),
                        Set.of(search.group(1).replace("\\\"", "").split(",")))));
        CLOUDWATCH_ALARM
                .matcher(template)
                .results()
                .forEach(alarm -> used.add(new MetricDimensions(alarm.group(1), Set.of(alarm.group(2)))));
        return used;
    }

    /** Metrics that the collector sends. Each of its selectors must match a metric. */
    private List<MetricDimensions> sent() throws IOException {
        String template = text("ecs/cluster.yaml");
        String declarations =
                template.substring(template.indexOf("metric_declarations:"), template.indexOf("        service:\n"));
        Map<String, List<Map<String, List<Object>>>> parsed = new Yaml().load(declarations.stripIndent());
        List<MetricDimensions> sent = new ArrayList<>();
        for (Map<String, List<Object>> declaration : parsed.get("metric_declarations")) {
            for (Object selector : declaration.get("metric_name_selectors")) {
                List<String> names = metrics.series().stream()
                        .map(Series::name)
                        .distinct()
                        .filter(name -> name.matches(".*" + selector + ".*"))
                        .toList();
                assertThat(names).as("" + selector).isNotEmpty();
                for (Object dimensions : declaration.get("dimensions")) {
                    names.forEach(name -> sent.add(new MetricDimensions(
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
