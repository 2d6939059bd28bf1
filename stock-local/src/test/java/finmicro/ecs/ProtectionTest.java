package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No update or removal of a stack, and no single call, loses the data of the database or of the counter. */
class ProtectionTest {

    private final Map<String, Template> templates = TaskDefinitions.templates();

    private JsonNode resource(String template, String name) {
        return templates.get(template).resources().get(name).node();
    }

    @Test
    void counterIsKeptAndCanBeRestored() {
        JsonNode counter = resource("messaging", "Counter");

        assertThat(counter.path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(counter.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        assertThat(counter.at("/Properties/DeletionProtectionEnabled").asBoolean())
                .isTrue();
        assertThat(counter.at("/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void databaseIsKeptAndCanBeRestored() {
        JsonNode server = resource("database", "Server");

        assertThat(server.path("DeletionPolicy").asText()).isEqualTo("Snapshot");
        assertThat(server.path("UpdateReplacePolicy").asText()).isEqualTo("Snapshot");
        assertThat(server.at("/Properties/DeletionProtection").asBoolean()).isTrue();
        assertThat(server.at("/Properties/BackupRetentionPeriod").asInt()).isGreaterThanOrEqualTo(7);
        assertThat(server.at("/Properties/DBSnapshotIdentifier").toString())
                .isEqualTo("{\"Fn::If\":[\"Restored\",{\"Ref\":\"SnapshotId\"},{\"Ref\":\"AWS::NoValue\"}]}");
    }

    /** RDS takes these from the snapshot. */
    @ParameterizedTest
    @ValueSource(strings = {"AllocatedStorage", "MasterUsername", "StorageEncrypted"})
    void restoredDatabaseKeepsTheSettingsOfItsSnapshot(String property) {
        JsonNode choice = resource("database", "Server").at("/Properties/" + property + "/Fn::If");

        assertThat(choice.path(0).asText()).isEqualTo("Restored");
        assertThat(choice.at("/1/Ref").asText()).isEqualTo("AWS::NoValue");
    }

    @Test
    void storageOfTheDatabaseGrows() {
        JsonNode maximum = templates.get("database").parameters().get("MaxStorage");

        assertThat(resource("database", "Server")
                        .at("/Properties/MaxAllocatedStorage/Ref")
                        .asText())
                .isEqualTo("MaxStorage");
        assertThat(maximum.path("Default").asInt()).isGreaterThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "FreeStorageSpace, LessThanThreshold",
        "FreeableMemory, LessThanThreshold",
        "CPUCreditBalance, LessThanThreshold",
        "CPUUtilization, GreaterThanThreshold",
        "DatabaseConnections, GreaterThanThreshold"
    })
    void databaseHasAnAlarm(String metric, String comparison) {
        JsonNode alarm = alarm(metric);

        assertThat(alarm.path("Namespace").asText()).isEqualTo("AWS/RDS");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo(comparison);
        // The identifier is the first part of the host name, of a new server and of an existing one.
        assertThat(alarm.path("Dimensions").toString())
                .isEqualTo("[{\"Name\":\"DBInstanceIdentifier\",\"Value\":{\"Fn::Select\":[0,{\"Fn::Split\":[\".\","
                        + "{\"Fn::ImportValue\":{\"Fn::Sub\":\"${Project}-DatabaseHost\"}}]}]}}]");
    }

    @Test
    void alarmFiresBeforeTheDatabaseRejectsConnections() {
        assertThat(alarm("DatabaseConnections").path("Threshold").asInt())
                .isLessThan(resource("database", "Settings")
                        .at("/Properties/Parameters/max_connections")
                        .asInt());
    }

    private JsonNode alarm(String metric) {
        return templates.get("observability").resources().values().stream()
                .filter(resource -> resource.type().equals("AWS::CloudWatch::Alarm"))
                .map(Template.Resource::properties)
                .filter(alarm -> alarm.path("MetricName").asText().equals(metric))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
