package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            !Ref Queue                        | {"Ref": "Queue"}
            !Ref 80                           | {"Ref": "80"}
            !GetAtt Database.Endpoint.Address | {"Fn::GetAtt": ["Database", "Endpoint.Address"]}
            !GetAtt [Queue, Arn]              | {"Fn::GetAtt": ["Queue", "Arn"]}
            !Sub '${Project}-x'               | {"Fn::Sub": "${Project}-x"}
            !Sub ['${A}', {A: !Ref B}]        | {"Fn::Sub": ["${A}", {"A": {"Ref": "B"}}]}
            !If [Large, 2, !Ref Count]        | {"Fn::If": ["Large", 2, {"Ref": "Count"}]}
            !Not [!Condition Large]           | {"Fn::Not": [{"Condition": "Large"}]}
            !Select [0, !GetAZs '']           | {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
            {Fn::ImportValue: !Sub '${A}-b'}  | {"Fn::ImportValue": {"Fn::Sub": "${A}-b"}}
            [1, -1.5, true, yes, "1", 2012-10-17, 010, 1_000] \
                                              | [1, -1.5, true, true, "1", "2012-10-17", "010", "1_000"]
            """)
    void aShortTagIsExpanded(String yaml, String json) throws JsonProcessingException {
        assertThat(Template.parse("a.yaml", "Value: " + yaml)
                        .root()
                        .get("Value")
                        .toString())
                .isEqualTo(new JsonMapper().readTree(json).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {B: 1, B: 2}   | a.yaml:2: duplicate key B
            !Rf Queue      | a.yaml:2: unknown function !Rf
            !GetAtt Queue  | a.yaml:2: missing attribute in !GetAtt Queue
            {B: }          | a.yaml:2: null is not allowed
            [&b 1, *b]     | a.yaml:2: aliases are not supported
            """)
    void unsupportedYamlIsRejected(String yaml, String message) {
        assertThatThrownBy(() -> Template.parse("a.yaml", "\nA: " + yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1
            !Sub !Ref a
            {? [1] : 2}
            {<<: {B: 1}}
            !!binary aGk=
            !!set {a, b}
            """)
    void invalidYamlIsRejected(String yaml) {
        assertThatThrownBy(() -> Template.parse("a.yaml", "A: " + yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a.yaml:");
    }

    @Test
    void usesAreFoundWithTheirPaths() {
        var template = Template.parse("a.yaml", """
                Conditions:
                  Large: !Equals [!Ref Size, large]
                Resources:
                  Queue:
                    Type: AWS::SQS::Queue
                    Properties:
                      Tags:
                        - {Key: Size, Value: !If [Large, !Ref Size, small]}
                  Policy:
                    Type: AWS::IAM::Policy
                    Properties:
                      PolicyDocument: {Statement: [{Condition: {Bool: {a: true}}}]}
                Outputs:
                  Url: {Value: !Ref Queue}
                """);

        assertThat(template.uses("Ref"))
                .extracting(Template.Use::path)
                .containsExactly(
                        "Conditions.Large.Fn::Equals[0]", "Queue.Tags[0].Value.Fn::If[1]", "Outputs.Url.Value");
        assertThat(template.uses("Condition")).isEmpty();
        assertThat(template.resources()).containsOnlyKeys("Queue", "Policy");
        assertThat(template.resources().get("Queue").type()).isEqualTo("AWS::SQS::Queue");
    }
}
