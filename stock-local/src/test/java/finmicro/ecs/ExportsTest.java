package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExportsTest {

    static final Template EXPORTS = Template.parse("exports.yaml", """
            Outputs:
              Url: {Value: a, Export: {Name: !Sub '${Project}-Url'}}
              Local: {Value: b}
            """);
    static final Template IMPORTS = Template.parse("imports.yaml", """
            Resources:
              Queue: {Properties: {QueueName: {Fn::ImportValue: !Sub '${Project}-Url'}}}
            """);

    @Test
    void whatIsExportedOnceAndImportedIsRight() {
        assertThat(new Exports(List.of(EXPORTS, IMPORTS)).faults(List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void whatNobodyExportsIsNamed() {
        assertThat(new Exports(List.of(IMPORTS)).faults(List.of(), List.of()))
                .containsExactly("imports.yaml: Queue.QueueName: nobody exports ${Project}-Url");
    }

    @Test
    void whatIsExportedTwiceIsNamed() {
        assertThat(new Exports(List.of(EXPORTS, IMPORTS, EXPORTS)).faults(List.of(), List.of()))
                .containsExactly("exports.yaml: Outputs.Url: exports.yaml: Outputs.Url exports ${Project}-Url too");
    }

    @Test
    void whatNobodyImportsIsNamedUnlessATaskDefinitionOrAPersonNeedsIt() {
        var exports = new Exports(List.of(EXPORTS));

        assertThat(exports.faults(List.of("${Urls}"), List.of("Ur")))
                .containsExactly("exports.yaml: Outputs.Url: nobody imports ${Project}-Url");
        assertThat(exports.faults(List.of("{\"image\": \"${Url}\"}"), List.of()))
                .isEmpty();
        assertThat(exports.faults(List.of(), List.of("Url"))).isEmpty();
    }

    @Test
    void aNameThatIsNotTheProjectsIsNamed() {
        var plain = Template.parse("plain.yaml", """
                Outputs:
                  Url: {Value: a, Export: {Name: Project-Url}}
                """);

        assertThat(new Exports(List.of(plain)).faults(List.of(), List.of()))
                .containsExactly("plain.yaml: Outputs.Url: the name is no !Sub ${Project}-...");
    }
}
