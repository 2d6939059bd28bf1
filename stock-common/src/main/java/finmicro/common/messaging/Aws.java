package finmicro.common.messaging;

import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Worker;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS clients, one per service for the whole application. The SDK's default providers supply region, credentials and
 * endpoint.
 */
@ApplicationScoped
public class Aws {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    static final Duration CALL = Duration.ofSeconds(6);

    private final StrictJson json;
    private final OpenTelemetry telemetry;

    @Inject
    public Aws(StrictJson json, OpenTelemetry telemetry) {
        this.json = json;
        this.telemetry = telemetry;
    }

    /** A client whose calls time out within seconds; the SDK's defaults allow minutes. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C bounded(
            B builder, Duration attempt, Duration call) {
        return builder.httpClientBuilder(
                        Apache5HttpClient.builder().connectionTimeout(CONNECT).maxConnections(64))
                .overrideConfiguration(
                        override -> override.apiCallAttemptTimeout(attempt).apiCallTimeout(call))
                .build();
    }

    @Produces
    @ApplicationScoped
    SqsClient sqs() {
        return sqsClient();
    }

    private static SqsClient sqsClient() {
        return bounded(SqsClient.builder(), ATTEMPT, CALL);
    }

    void close(@Disposes SqsClient sqs) {
        sqs.close();
    }

    @Produces
    @ApplicationScoped
    SnsClient sns() {
        return bounded(SnsClient.builder(), ATTEMPT, CALL);
    }

    void close(@Disposes SnsClient sns) {
        sns.close();
    }

    /** A poller that passes the messages of the source to the handler. */
    public <T> Worker poller(Source source, MessageHandler<T> handler, SqsClient sqs) {
        return new QueuePoller<>(sqs, sqsClient(), source, handler, telemetry);
    }

    /** A publisher to the destination. The client proxy that its mode does not use is never initialized. */
    public Publisher publisher(PublishTarget destination, SqsClient sqs, SnsClient sns) {
        return "sns".equals(destination.mode())
                ? new SnsPublisher(sns, destination.address(), json, telemetry)
                : new SqsPublisher(sqs, new QueueAddress(destination.address()), telemetry);
    }
}
