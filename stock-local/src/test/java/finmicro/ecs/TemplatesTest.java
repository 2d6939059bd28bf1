package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks the templates in {@code ecs}, each one and their exports. */
class TemplatesTest {

    /** Exports used only by {@code ecs/deploy.sh}, or imported only by stacks of the previous release. */
    private static final Set<String> NOT_IMPORTED = Set.of("Url", "SchemasGroup");

    private final Map<String, Template> templates = TaskDefinitions.templates();

    @Test
    void everyTemplateIsValid() {
        assumeTrue(Tools.areAvailable(), Tools.MISSING);
        var schemas = ResourceSchemas.fetched();

        assertThat(templates.values().stream().flatMap(template -> schemas.errors(template).stream()))
                .isEmpty();
        assertThat(templates).isNotEmpty();
    }

    @Test
    void exportsAndImportsMatch() {
        assertThat(new Exports(templates.values())
                        .errors(TaskDefinitions.texts().values(), NOT_IMPORTED))
                .isEmpty();
    }

    /** CloudFormation evaluates conditions before it reads exports of other stacks. */
    @Test
    void conditionsOnlyUseParameters() {
        assertThat(templates.values())
                .flatExtracting(Template::uses)
                .filteredOn(use -> use.path().startsWith("Conditions."))
                .extracting(Template.Use::function)
                .isSubsetOf("Ref", "Condition", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or");
    }

    /** SQS rejects a policy with the ARN of another queue. */
    @Test
    void queuePolicyOnlyCoversItsQueue() {
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
