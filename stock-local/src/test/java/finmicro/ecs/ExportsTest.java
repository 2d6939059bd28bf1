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
    void anImportedExportIsAccepted() {
        assertThat(new Exports(List.of(EXPORTS, IMPORTS)).errors(List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void aMissingExportIsReported() {
        assertThat(new Exports(List.of(IMPORTS)).errors(List.of(), List.of()))
                .containsExactly("imports.yaml: Queue.QueueName: ${Project}-Url is not exported");
    }

    @Test
    void aDuplicateExportIsReported() {
        assertThat(new Exports(List.of(EXPORTS, IMPORTS, EXPORTS)).errors(List.of(), List.of()))
                .containsExactly(
                        "exports.yaml: Outputs.Url: ${Project}-Url is already exported by exports.yaml: Outputs.Url");
    }

    @Test
    void anUnusedExportIsReported() {
        var exports = new Exports(List.of(EXPORTS));

        assertThat(exports.errors(List.of("${Urls}"), List.of("Ur")))
                .containsExactly("exports.yaml: Outputs.Url: ${Project}-Url is not imported");
        assertThat(exports.errors(List.of("{\"image\": \"${Url}\"}"), List.of()))
                .isEmpty();
        assertThat(exports.errors(List.of(), List.of("Url"))).isEmpty();
    }

    @Test
    void aNameWithoutTheProjectPrefixIsReported() {
        var plain = Template.parse("plain.yaml", """
                Outputs:
                  Url: {Value: a, Export: {Name: Project-Url}}
                """);

        assertThat(new Exports(List.of(plain)).errors(List.of(), List.of()))
                .containsExactly("plain.yaml: Outputs.Url: the name must be !Sub ${Project}-...");
    }
}
