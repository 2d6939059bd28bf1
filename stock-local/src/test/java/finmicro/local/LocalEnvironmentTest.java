package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.embedded.EmbeddedQueues;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.NodeList;

class LocalEnvironmentTest {

    static final String PREFIX = "liberty.env.";

    @ParameterizedTest
    @EnumSource
    void libertyDevRunsWithTheSameValues(Service service) throws Exception {
        var standard =
                new LocalEnvironment(Ports.standard(), Messaging.queues(URI.create("http://127.0.0.1:9324")), null);

        assertThat(propertiesOf(service)).isEqualTo(standard.of(service));
    }

    @Test
    void producersGetTheirTopicsIfThereAreAny() {
        var sns = URI.create("http://127.0.0.1:4566");
        var arns = Map.of(
                EmbeddedQueues.PRICES, "arn:prices",
                EmbeddedQueues.ORDERS, "arn:orders",
                EmbeddedQueues.CONTRACTS, "arn:contracts");
        var environment = new LocalEnvironment(Ports.standard(), new Messaging(sns, sns, arns), null);

        assertThat(environment.of(Service.TRADE))
                .containsEntry("STOCK_ORDER_MESSAGE_MODE", "sns")
                .containsEntry("TRADE_TOPIC_ARN", "arn:orders")
                .containsEntry("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:4566");
        assertThat(environment.of(Service.MARKET))
                .containsEntry("STOCK_PRICE_MESSAGE_MODE", "sns")
                .containsEntry("PRICE_TOPIC_ARN", "arn:prices")
                .containsEntry("CONTRACT_TRADE_MESSAGE_MODE", "sns")
                .containsEntry("CONTRACT_TRADE_TOPIC_ARN", "arn:contracts");
    }

    private static Map<String, String> propertiesOf(Service service) throws Exception {
        var pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("..", service.artifact(), "pom.xml").toFile());
        var elements = (NodeList)
                XPathFactory.newInstance().newXPath().evaluate("/project/properties/*", pom, XPathConstants.NODESET);
        var properties = new TreeMap<String, String>();
        for (var i = 0; i < elements.getLength(); i++) {
            var name = elements.item(i).getNodeName();
            if (name.startsWith(PREFIX)) {
                properties.put(name.substring(PREFIX.length()), elements.item(i).getTextContent());
            }
        }
        return properties;
    }

    @Test
    void telemetryIsOnIfThereIsASpanEndpoint() {
        var messaging = Messaging.queues(URI.create("http://127.0.0.1:9324"));
        var spans = URI.create("http://127.0.0.1:9999/api/v2/spans");

        for (var service : Service.values()) {
            assertThat(new LocalEnvironment(Ports.standard(), messaging, spans).of(service))
                    .containsEntry("OTEL_SDK_DISABLED", "false")
                    .containsEntry("OTEL_SERVICE_NAME", service.artifact())
                    .containsEntry("OTEL_EXPORTER_ZIPKIN_ENDPOINT", spans.toString());
            assertThat(new LocalEnvironment(Ports.standard(), messaging, null)
                            .of(service)
                            .keySet())
                    .noneMatch(name -> name.startsWith("OTEL_"));
        }
    }
}
