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

    /** CloudFormation decides conditions before it looks at any stack. */
    @Test
    void conditionsAskForParametersAlone() {
        assertThat(templates.values())
                .flatExtracting(Template::uses)
                .filteredOn(use -> use.path().startsWith("Conditions."))
                .extracting(Template.Use::function)
                .isSubsetOf("Ref", "Condition", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or");
    }

    /** SQS takes no policy that speaks of another queue. */
    @Test
    void policyOfAQueueIsOfThatQueueAlone() {
        assertThat(templates.get("messaging").resources().values())
                .filteredOn(resource -> resource.type().equals("AWS::SQS::QueuePolicy"))
                .hasSize(6)
                .allSatisfy(policy -> {
                    String queue = policy.properties().at("/Queues/0/Ref").asText();
                    assertThat(policy.properties().path("Queues")).hasSize(1);
                    policy.properties()
                            .at("/PolicyDocument/Statement")
                            .forEach(statement -> assertThat(statement
                                            .at("/Resource/Fn::GetAtt/0")
                                            .asText())
                                    .isEqualTo(queue));
                });
    }
}
