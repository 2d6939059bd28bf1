package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestModelTest {

    static final RequestModel MODEL = RequestModel.of("ecs-2014-11-13", "RegisterTaskDefinition");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "cpu": "512"                                        | family: missing
            "family": "a", "memry": "1024"                      | memry: unknown
            "family": "a", "cpu": 512                           | cpu: expected a string, but was 512
            "family": null                                      | family: expected a string, but was null
            "family": "a", "networkMode": "vpc" | networkMode: "vpc" is not one of [bridge, host, awsvpc, none]
            "family": "a", "requiresCompatibilities": "" | requiresCompatibilities: expected a list, but was ""
            "family": "a", "runtimePlatform": []                | runtimePlatform: expected a structure, but was a list
            "family": "a", "ephemeralStorage": {}               | ephemeralStorage.sizeInGiB: missing
            "family": "a", "tags": [{"key": ""}]                | tags[0].key: 0 characters, fewer than 1
            "family": "a", "tags": [{"key": "#"}] | tags[0].key: "#" does not match ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$
            "family": "a", "family": "b"                        | line 1: Duplicate field 'family'
            """)
    void anErrorIsReported(String members, String error) {
        assertThat(MODEL.errors("task.json", "{" + members + ", \"containerDefinitions\": []}"))
                .containsExactly("task.json: " + error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "cpu": "256"                                   | cpu: expected an integer, but was "256"
            "cpu": 0.5                                     | cpu: expected an integer, but was 0.5
            "essential": "true"                            | essential: expected a boolean, but was "true"
            "environment": {"A": "b"}                      | environment: expected a list, but was a map
            "environment": [{"name": "A", "value": 1}]     | environment[0].value: expected a string, but was 1
            "secrets": [{"name": "A"}]                     | secrets[0].valueFrom: missing
            "dockerLabels": {"a.b": true}                  | dockerLabels.a.b: expected a string, but was true
            "logConfiguration": {"logDriver": "cloudwatch"} | `logConfiguration.logDriver: "cloudwatch" is not one of \
            [json-file, syslog, journald, gelf, fluentd, awslogs, splunk, awsfirelens]`
            """)
    void anErrorInAContainerIsReported(String members, String error) {
        assertThat(MODEL.errors("task.json", """
                {"family": "a", "containerDefinitions": [{%s}]}""".formatted(members)))
                .containsExactly("task.json: containerDefinitions[0]." + error);
    }

    @Test
    void anotherOperationHasItsOwnShapes() {
        var model = RequestModel.of("ecs-2014-11-13", "CreateCapacityProvider");

        assertThat(model.errors("request.json", """
                {"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": "b",
                  "managedScaling": {"targetCapacity": 101}}}
                """))
                .containsExactly(
                        "request.json: autoScalingGroupProvider.managedScaling.targetCapacity: 101, more than 100");
    }

    @Test
    void everyErrorIsReported() {
        assertThat(MODEL.errors("task.json", "{\"pidMode\": \"x\", \"memory\": 1}"))
                .hasSize(4);
    }

    @Test
    void invalidJsonIsOneError() {
        assertThat(MODEL.errors("task.json", "{\n\"family\": }"))
                .singleElement()
                .asString()
                .startsWith("task.json: line 2: Unexpected character");
    }

    @Test
    void aTaskDefinitionIsAccepted() {
        assertThat(MODEL.errors("task.json", """
                {
                  "family": "stock-trade",
                  "networkMode": "awsvpc",
                  "requiresCompatibilities": ["FARGATE"],
                  "cpu": "512",
                  "memory": "1024",
                  "executionRoleArn": "${ExecutionRoleArn}",
                  "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
                  "containerDefinitions": [
                    {
                      "name": "stock-trade",
                      "image": "${Image}",
                      "essential": true,
                      "cpu": 512,
                      "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
                      "environment": [{"name": "AWS_REGION", "value": "${Region}"}],
                      "secrets": [{"name": "DB_PASSWORD", "valueFrom": "${Secret}:password::"}],
                      "dockerLabels": {"a.b": "c"},
                      "healthCheck": {"command": ["CMD-SHELL", "true"], "interval": 10},
                      "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/a"}}
                    }
                  ],
                  "tags": [{"key": "Project", "value": "stock"}]
                }
                """)).isEmpty();
    }
}
