package finmicro.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceSchemasTest {

    static ResourceSchemas schemas;

    @BeforeAll
    static void needsNode() {
        assumeTrue(Tools.areAvailable(), Tools.MISSING);
        schemas = ResourceSchemas.fetched();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AWS::SQS::Que   | {}                               | : unknown type "AWS::SQS::Que"
            AWS::SQS::Queue | {Name: a}                        | .Name: unknown
            AWS::SQS::Queue | {Tags: [{Key: a, Name: b, Value: c}]} | .Tags[0].Name: unknown
            AWS::SQS::Queue | {Tags: [{Key: a}]}               | .Tags[0].Value: missing
            AWS::SQS::Queue | {Tags: {Key: a, Value: b}}       | .Tags: expected a list, but was a map
            AWS::SQS::Queue | {Tags: [a]}                      | .Tags[0]: expected a map, but was "a"
            AWS::SQS::Queue | {QueueName: [a]}                 | .QueueName: expected a string, but was a list
            AWS::SQS::Queue | {DelaySeconds: 1 min}            | .DelaySeconds: expected an integer, but was "1 min"
            AWS::SQS::Queue | {DelaySeconds: 1.5}              | .DelaySeconds: expected an integer, but was 1.5
            AWS::SQS::Queue | {FifoQueue: 1}                   | .FifoQueue: expected a boolean, but was 1
            AWS::Logs::LogGroup | {DataProtectionPolicy: a} | .DataProtectionPolicy: expected a map or a list, but was "a"
            AWS::StepFunctions::StateMachine | {RoleArn: a, DefinitionSubstitutions: {A: [b]}} \
                            | .DefinitionSubstitutions.A: expected a string, but was a list
            AWS::SQS::Queue | {DelaySeconds: !If [Large, a, 1]} | .DelaySeconds: expected an integer, but was "a"
            AWS::SQS::Queue | {QueueName: {'Fn::Base32': a}}   | .QueueName: unknown function Fn::Base32
            AWS::SQS::Queue | {QueueName: !Ref Nothing}        | .QueueName: Ref references an undefined name: Nothing
            AWS::SQS::Queue | {QueueName: !Sub '${Nothing}'}   | .QueueName: Fn::Sub references an undefined name: Nothing
            AWS::SQS::Queue | {QueueName: !Sub '${Topic.Nam}'} | .QueueName: AWS::SNS::Topic has no attribute "Nam"
            AWS::SQS::Queue | {QueueName: !GetAtt Topic.Nam}   | .QueueName: AWS::SNS::Topic has no attribute "Nam"
            AWS::SQS::Queue | {QueueName: !GetAtt Top.Arn}     | .QueueName: Fn::GetAtt references an undefined resource: Top
            AWS::SQS::Queue | {QueueName: !GetAtt Size.Arn}    | .QueueName: Fn::GetAtt references an undefined resource: Size
            AWS::SQS::Queue | {QueueName: !If [Small, a, b]}   | .QueueName: undefined condition: Small
            AWS::SQS::Queue | {QueueName: !FindInMap [A, b, c]} | .QueueName: Fn::FindInMap references an undefined mapping: A
            AWS::EC2::SecurityGroup | {}                       | .GroupDescription: missing
            AWS::EC2::SecurityGroup | {GroupDescription: !Ref AWS::NoValue} | .GroupDescription: missing
            AWS::EC2::SecurityGroup | {GroupDescription: !If [Large, a, !Ref AWS::NoValue]} \
                            | .GroupDescription: missing
            AWS::ECS::Service | {NetworkConfiguration: {AwsvpcConfiguration: {Subnet: a}}} \
                            | .NetworkConfiguration.AwsvpcConfiguration.Subnet: unknown
            AWS::ECS::Service | {LaunchType: fargate} | .LaunchType: "fargate" is not one of [EC2, FARGATE, EXTERNAL]
            """)
    void anErrorInPropertiesIsReported(String type, String properties, String error) {
        var yaml = """
                Parameters:
                  Size: {Type: String}
                Conditions:
                  Large: !Equals [!Ref Size, large]
                Resources:
                  Topic: {Type: AWS::SNS::Topic}
                  Tested: {Type: %s, Properties: %s}
                """.formatted(type, properties);

        assertThat(schemas.errors(Template.parse("a.yaml", yaml))).containsExactly("a.yaml: Tested" + error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}}      | A.DependsOn: undefined resource: B
            Resources: {A: {Type: AWS::SNS::Topic, DependsOn: [A, B]}} | A.DependsOn: undefined resource: B
            Resources: {A: {Type: AWS::SNS::Topic, Condition: C}}      | A.Condition: undefined condition: C
            Resources: {A: {Type: AWS::SNS::Topic, Conditon: C}}       | Resources.A.Conditon: unknown
            Parameter: {}                                              | Parameter: unknown
            Parameters: {P: {Default: 1}}                              | Parameters.P.Type: missing
            Conditions: {C: !Not [!Condition D]}                       | Conditions.C.Fn::Not[0]: undefined condition: D
            Conditions: {C: !Equals [!Ref Known, a]} | Conditions.C.Fn::Equals[0]: Ref references an undefined name: Known
            Outputs: {O: {Value: !Ref B}}                              | Outputs.O.Value: Ref references an undefined name: B
            Outputs: {O: {Value: a, Condition: C}}                     | Outputs.O.Condition: undefined condition: C
            Outputs: {O: {Export: {Name: a}}}                          | Outputs.O.Value: missing
            """)
    void anErrorElsewhereIsReported(String part, String error) {
        var known = "\n  Known: {Type: AWS::SNS::Topic}";
        var yaml = part.startsWith("Resources") ? part : part + "\nResources:" + known;

        assertThat(schemas.errors(Template.parse("a.yaml", yaml))).containsExactly("a.yaml: " + error);
    }

    @Test
    void aValidTemplateIsAccepted() {
        var template = Template.parse("a.yaml", """
                AWSTemplateFormatVersion: 2010-09-09
                Parameters:
                  Size: {Type: String, Default: small}
                Mappings:
                  Sizes: {small: {seconds: 1}}
                Conditions:
                  Large: !Equals [!Ref Size, large]
                  Small: !Not [!Condition Large]
                Resources:
                  Dead:
                    Type: AWS::SQS::Queue
                    Condition: Large
                    DeletionPolicy: Retain
                  Queue:
                    Type: AWS::SQS::Queue
                    DependsOn: Dead
                    Properties:
                      QueueName: !Sub
                        - '${AWS::StackName}-${Own}-${Dead.QueueName}-${!Literal}'
                        - {Own: !Join ['-', [!Ref Size, !Ref 'AWS::Region']]}
                      DelaySeconds: '30'
                      VisibilityTimeout: !FindInMap [Sizes, !Ref Size, seconds]
                      FifoQueue: 'false'
                      MessageRetentionPeriod: !If [Large, 60, !Ref AWS::NoValue]
                      RedrivePolicy: !If
                        - Large
                        - {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 10}
                        - !Ref AWS::NoValue
                      Tags:
                        - {Key: 1, Value: true}
                        - !If [Large, {Key: a, Value: b}, !Ref AWS::NoValue]
                  Role:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument:
                        Version: 2012-10-17
                        Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Condition: {Bool: {a: 'true'}}}]
                  Service:
                    Type: AWS::ECS::Service
                    Properties:
                      LaunchType: FARGATE
                      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: !Split [',', !ImportValue Subnets]}}
                  Nested:
                    Type: AWS::CloudFormation::Stack
                    Properties: {TemplateURL: a}
                  Database:
                    Type: AWS::RDS::DBCluster
                    Properties: {ServerlessV2ScalingConfiguration: {MinCapacity: 0.5, MaxCapacity: '1.5'}}
                Outputs:
                  Host:
                    Condition: Small
                    Value: !Sub '${Database.Endpoint.Address}:${Nested.Outputs.Port}'
                    Export: {Name: !Sub '${Size}-Host'}
                """);

        assertThat(schemas.errors(template)).isEmpty();
    }
}
