package finmicro.system;

import finmicro.local.HttpIntake;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Receives the metrics that services export by OTLP, and keeps the latest value of each series. */
final class MetricsCollector implements AutoCloseable {

    /**
     * One time series and its latest value.
     *
     * @param scope instrumentation scope: ours is {@code finmicro}
     * @param monotonic whether it is a sum that never decreases
     * @param value of a counter or gauge, or the count of a histogram
     */
    record Series(
            String service,
            String scope,
            String name,
            Metric.DataCase kind,
            boolean monotonic,
            String unit,
            Map<String, String> attributes,
            double value) {

        /** Its Prometheus names by the rules of OpenTelemetry: one, or several for a histogram. */
        Stream<String> prometheusNames() {
            String name = prometheus(this.name)
                    + Map.of("s", "_seconds", "By", "_bytes").getOrDefault(unit, "");
            return switch (kind) {
                case HISTOGRAM -> Stream.of("_bucket", "_sum", "_count").map(name::concat);
                case SUM -> Stream.of(monotonic ? name + "_total" : name);
                default -> Stream.of(name);
            };
        }

        /** Its Prometheus labels. */
        Set<String> prometheusLabels() {
            return Stream.concat(attributes.keySet().stream().map(Series::prometheus), Stream.of("job", "le"))
                    .collect(Collectors.toSet());
        }

        private static String prometheus(String name) {
            return name.replace('.', '_');
        }
    }

    private final Map<List<Object>, Series> latest = new ConcurrentHashMap<>();
    private final Map<String, Integer> exports = new ConcurrentHashMap<>();
    private final HttpIntake intake = new HttpIntake(this::receive);

    /** Value for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    URI uri() {
        return intake.uri();
    }

    /** All series ever received. */
    Collection<Series> series() {
        return latest.values();
    }

    /** Number of exports by a service. */
    int exports(String service) {
        return exports.getOrDefault(service, 0);
    }

    /** The sum of the metric over all series of a service that have these attributes. */
    double sum(String service, String name, Map<String, String> attributes) {
        Predicate<Series> matching = series -> series.service().equals(service)
                && series.name().equals(name)
                && series.attributes().entrySet().containsAll(attributes.entrySet());
        return latest.values().stream()
                .filter(matching)
                .mapToDouble(Series::value)
                .sum();
    }

    private int receive(String path, InputStream body) throws IOException {
        if (path.equals("/v1/metrics")) {
            ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().forEach(this::keep);
        }
        return 200;
    }

    private void keep(ResourceMetrics resource) {
        String service = attributes(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
        resource.getScopeMetricsList()
                .forEach(scope -> scope.getMetricsList()
                        .forEach(metric -> keep(service, scope.getScope().getName(), metric)));
        exports.merge(service, 1, Integer::sum);
    }

    private void keep(String service, String scope, Metric metric) {
        boolean grows = metric.hasHistogram() || metric.getSum().getIsMonotonic();
        for (NumberDataPoint point : numbers(metric).toList()) {
            long process = grows ? point.getStartTimeUnixNano() : 0;
            keep(service, scope, process, metric, point.getAttributesList(), value(point));
        }
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            keep(service, scope, point.getStartTimeUnixNano(), metric, point.getAttributesList(), point.getCount());
        }
    }

    private static Stream<NumberDataPoint> numbers(Metric metric) {
        return Stream.concat(
                metric.getGauge().getDataPointsList().stream(), metric.getSum().getDataPointsList().stream());
    }

    private static double value(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }

    /** @param process start time of the counting process: a restarted service counts from 0 */
    private void keep(String service, String scope, long process, Metric metric, List<KeyValue> list, double value) {
        Map<String, String> attributes = attributes(list);
        latest.put(
                List.of(service, metric.getName(), attributes, process),
                new Series(
                        service,
                        scope,
                        metric.getName(),
                        metric.getDataCase(),
                        metric.getSum().getIsMonotonic(),
                        metric.getUnit(),
                        attributes,
                        value));
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue attribute : list) {
            attributes.put(
                    attribute.getKey(),
                    attribute.getValue().hasStringValue()
                            ? attribute.getValue().getStringValue()
                            : String.valueOf(attribute.getValue().getIntValue()));
        }
        return attributes;
    }

    @Override
    public void close() {
        intake.close();
    }
}
