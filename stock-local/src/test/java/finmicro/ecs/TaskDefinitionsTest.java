package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Validates the task definitions against AWS's model of the RegisterTaskDefinition request. */
class TaskDefinitionsTest {

    /** Placeholders with values of {@code ecs/deploy.sh}; all others are exports of a stack. */
    private static final Map<String, String> BY_SCRIPT = Map.of(
            "Project", "fin-micro",
            "Region", "ap-northeast-1",
            "Registry", "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com",
            "ImageTag", "0123456789ab",
            "CpuArchitecture", "ARM64",
            "CollectorVersion", "1");

    private static final RequestModel REGISTRATION = RequestModel.of("ecs-2014-11-13", "RegisterTaskDefinition");

    @Test
    @Tag("old-defect-31")
    void everyTaskDefinitionIsAcceptedOnceItIsRendered() {
        Map<String, String> values = new TreeMap<>(TaskDefinitions.exports());
        values.putAll(BY_SCRIPT);
        TaskDefinitions.texts().forEach((family, text) -> {
            String rendered = text;
            for (String name : TaskDefinitions.placeholders(text)) {
                assertThat(values).as(family).containsKey(name);
                rendered = rendered.replace("${" + name + "}", values.get(name));
            }
            assertThat(rendered).doesNotContain("${");
            // The model is older than restart policies.
            assertThat(REGISTRATION.errors(family + ".json", rendered))
                    .filteredOn(error -> !error.endsWith(".restartPolicy: unknown"))
                    .isEmpty();
        });
    }

    @Test
    void eachServiceAndTheSchemasHaveATaskDefinition() {
        assertThat(TaskDefinitions.texts().keySet())
                .containsExactlyElementsOf(
                        List.of("schemas", "stock-balance", "stock-items", "stock-market", "stock-trade"));
        TaskDefinitions.texts()
                .forEach((family, text) -> assertThat(text).contains("\"family\": \"${Project}-" + family + "\""));
    }

    /** Otherwise it stays stopped until its task is replaced: ECS replaces a task only for an essential container. */
    @Test
    void containerThatIsNotEssentialIsRestarted() throws Exception {
        for (String text : TaskDefinitions.texts().values()) {
            assertThat(new ObjectMapper().readTree(text).path("containerDefinitions"))
                    .filteredOn(container -> !container.path("essential").asBoolean())
                    .extracting(container -> container.path("restartPolicy").toString())
                    .allMatch("{\"enabled\":true,\"restartAttemptPeriod\":60}"::equals);
        }
    }
}
