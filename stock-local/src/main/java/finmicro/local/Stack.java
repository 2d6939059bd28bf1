package finmicro.local;

import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.EmbeddedQueues;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The backing services: database, queues and counter table. All start empty, so that their data is consistent.
 *
 * @param database the three schemas, without tables
 * @param messaging addresses of the queues, and of the topics if there are any
 * @param sqs client of the queues
 * @param queues the queue server; null if there are topics
 * @param counters the table of the trade numbers
 */
public record Stack(
        EmbeddedDatabase database, Messaging messaging, SqsClient sqs, EmbeddedQueues queues, CounterTable counters) {

    /** How producers reach the queues. */
    public enum Transport {
        /** Producers send to the queue. */
        QUEUES(Port.SQS),
        /** Producers publish to its topic, with raw message delivery. */
        RAW_TOPICS(Port.SNS),
        /** Producers publish to its topic, which delivers the body in a JSON envelope. */
        TOPICS(Port.SNS);

        private final Port port;

        Transport(Port port) {
            this.port = port;
        }

        /** The ports of the backing services. */
        public List<Port> ports() {
            return List.of(Port.DATABASE, port, Port.DYNAMODB);
        }
    }

    /**
     * Starts everything and waits until it is usable.
     *
     * @param resources stops what is started
     * @param work folder for its data and logs; used by no other stack
     * @param durable whether the trade numbers survive {@link CounterTable#kill()}
     * @throws IllegalStateException if a part does not start
     */
    static Stack start(
            StartedResources resources, Project project, Path work, Ports ports, Transport transport, boolean durable) {
        var programs = project.target("mariadb");
        var logs = work.resolve("logs");
        var database = resources.start(
                () -> EmbeddedDatabase.start(programs, work.resolve("database"), ports.of(Port.DATABASE)));
        Messaging messaging;
        SqsClient sqs;
        EmbeddedQueues queues = null;
        if (transport == Transport.QUEUES) {
            queues = resources.start(() -> EmbeddedQueues.start(ports.of(Port.SQS)));
            messaging = Messaging.queues(queues.endpoint());
            sqs = queues.client();
        } else {
            var raw = transport == Transport.RAW_TOPICS;
            var fauxqs =
                    resources.start(() -> Fauxqs.start(project, ports.of(Port.SNS), raw, logs.resolve("fauxqs.log")));
            messaging = fauxqs.messaging();
            sqs = fauxqs.sqs();
        }
        var data = durable ? work.resolve("dynamodb") : null;
        var counters = resources.start(
                () -> CounterTable.start(project, ports.of(Port.DYNAMODB), data, logs.resolve("dynamodb.log")));
        return new Stack(database, messaging, sqs, queues, counters);
    }
}
