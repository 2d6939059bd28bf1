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
            "family": "a", "cpu": 512                           | cpu: 512 where a string belongs
            "family": null                                      | family: null where a string belongs
            "family": "a", "networkMode": "vpc" | networkMode: "vpc" is none of [bridge, host, awsvpc, none]
            "family": "a", "requiresCompatibilities": "" | requiresCompatibilities: "" where a list belongs
            "family": "a", "runtimePlatform": []                | runtimePlatform: a list where a structure belongs
            "family": "a", "ephemeralStorage": {}               | ephemeralStorage.sizeInGiB: missing
            "family": "a", "tags": [{"key": ""}]                | tags[0].key: 0 characters, fewer than 1
            "family": "a", "tags": [{"key": "#"}] | tags[0].key: "#" does not match ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$
            "family": "a", "family": "b"                        | line 1: Duplicate field 'family'
            """)
    void aFaultIsNamed(String members, String fault) {
        assertThat(MODEL.faults("task.json", "{" + members + ", \"containerDefinitions\": []}"))
                .containsExactly("task.json: " + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "cpu": "256"                                   | cpu: "256" where an integer belongs
            "cpu": 0.5                                     | cpu: 0.5 where an integer belongs
            "essential": "true"                            | essential: "true" where a boolean belongs
            "environment": {"A": "b"}                      | environment: a map where a list belongs
            "environment": [{"name": "A", "value": 1}]     | environment[0].value: 1 where a string belongs
            "secrets": [{"name": "A"}]                     | secrets[0].valueFrom: missing
            "dockerLabels": {"a.b": true}                  | dockerLabels.a.b: true where a string belongs
            "logConfiguration": {"logDriver": "cloudwatch"} | `logConfiguration.logDriver: "cloudwatch" is none of \
            [json-file, syslog, journald, gelf, fluentd, awslogs, splunk, awsfirelens]`
            """)
    void aFaultInAContainerIsNamed(String members, String fault) {
        assertThat(MODEL.faults("task.json", """
                {"family": "a", "containerDefinitions": [{%s}]}""".formatted(members)))
                .containsExactly("task.json: containerDefinitions[0]." + fault);
    }

    @Test
    void anotherOperationIsHeldToItsOwnShapes() {
        var model = RequestModel.of("ecs-2014-11-13", "CreateCapacityProvider");

        assertThat(model.faults("request.json", """
                {"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": "b",
                  "managedScaling": {"targetCapacity": 101}}}
                """))
                .containsExactly(
                        "request.json: autoScalingGroupProvider.managedScaling.targetCapacity: 101, more than 100");
    }

    @Test
    void everyFaultIsNamed() {
        assertThat(MODEL.faults("task.json", "{\"pidMode\": \"x\", \"memory\": 1}"))
                .hasSize(4);
    }

    @Test
    void whatIsNoJsonIsOneFault() {
        assertThat(MODEL.faults("task.json", "{\n\"family\": }"))
                .singleElement()
                .asString()
                .startsWith("task.json: line 2: Unexpected character");
    }

    @Test
    void aTaskDefinitionIsAccepted() {
        assertThat(MODEL.faults("task.json", """
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
