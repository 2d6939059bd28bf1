package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard against CloudWatch's grammar of search expressions; which metrics exist is the subject of {@code DashboardsIT}. */
class DashboardTest {

    /** Only quoted names can have other characters; CloudWatch finds nothing for {@code service.name} without quotes. */
    private static final String NAME = "(?:[A-Za-z0-9/]+|\"[^\"'{}]+\")";

    private static final String SCHEMA = "\\{" + NAME + "(?:, ?" + NAME + ")*}";
    private static final String TERM = "(?:" + NAME + "=)?(?:[A-Za-z0-9]+|\"[^\"']+\")";
    private static final String STATISTIC = "(?:Average|Maximum|Minimum|SampleCount|Sum|p\\d{1,2}(?:\\.\\d+)?)";
    private static final Pattern SEARCH =
            Pattern.compile("SEARCH\\('" + SCHEMA + "(?: " + TERM + ")+', '" + STATISTIC + "'(?:, \\d+)?\\)");

    @Test
    void searchExpressionsAreValid() throws Exception {
        String body = TaskDefinitions.templates()
                .get("observability")
                .resources()
                .get("Dashboard")
                .properties()
                .at("/DashboardBody/Fn::Sub/0")
                .asText()
                .replace("${Project}", "fin-micro");

        assertThat(new ObjectMapper().readTree(body).findValuesAsText("expression"))
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(expression).matches(SEARCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEARCH('{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\"', 'Average')",
                "SEARCH('{\"fin-micro\",\"service.name\",result} MetricName=\"contracts\"', 'Sum', 60)"
            })
    void validExpressionIsAccepted(String expression) {
        assertThat(expression).matches(SEARCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEARCH('{fin-micro,InstanceId} MetricName=\"CPUUtilization\"', 'Average')",
                "SEARCH('{AWS/EC2,service.name} MetricName=\"CPUUtilization\"', 'Average')",
                "SEARCH('{AWS/EC2,InstanceId} MetricName=orders.refused', 'Average')",
                "SEARCH('{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\"', 'Mean')"
            })
    void invalidExpressionIsRejected(String expression) {
        assertThat(expression).doesNotMatch(SEARCH);
    }
}
