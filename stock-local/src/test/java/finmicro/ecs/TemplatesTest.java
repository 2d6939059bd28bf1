package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The templates in {@code ecs}, each by itself and among the others. */
class TemplatesTest {

    /** What the script asks for, and neither template nor task definition. */
    private static final Set<String> FOR_THE_SCRIPT = Set.of("Url", "SchemasGroup");

    private final Map<String, Template> templates = TaskDefinitions.templates();

    @Test
    void everyTemplateIsWhatCloudFormationTakes() {
        assumeTrue(Tools.areAvailable(), Tools.MISSING);
        var schemas = ResourceSchemas.fetched();

        assertThat(templates.values().stream().flatMap(template -> schemas.faults(template).stream()))
                .isEmpty();
        assertThat(templates).isNotEmpty();
    }

    @Test
    void whatIsImportedIsExportedOnceAndTheOtherWayRound() {
        assertThat(new Exports(templates.values())
                        .faults(TaskDefinitions.texts().values(), FOR_THE_SCRIPT))
                .isEmpty();
    }
}
