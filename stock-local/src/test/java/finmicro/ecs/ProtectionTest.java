package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
