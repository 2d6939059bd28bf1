package finmicro.local;

import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.EmbeddedQueues;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the services need around them, all new and empty, so that database, queues and counter never disagree.
 *
 * @param database the three schemas, without tables
 * @param messaging where the queues are, and the topics if there are any
 * @param sqs a client for the queues
 * @param queues the queue server; null with topics
 * @param counters the table of the trade numbers
 */
public record Stack(
        EmbeddedDatabase database, Messaging messaging, SqsClient sqs, EmbeddedQueues queues, CounterTable counters) {

    /** How producers reach the queues. */
    public enum Transport {
        /** They send to the queue. */
        QUEUES(Port.SQS),
        /** They publish to its topic, which delivers the body as it is. */
        RAW_TOPICS(Port.SNS),
        /** They publish to its topic, which delivers the body in an envelope. */
        TOPICS(Port.SNS);

        private final Port port;

        Transport(Port port) {
            this.port = port;
        }

        /** What listens besides the servers. */
        public List<Port> ports() {
            return List.of(Port.DATABASE, port, Port.DYNAMODB);
        }
    }

    /**
     * Starts all of it and returns when it can be used.
     *
     * @param lifetime ends what is started
     * @param work folder for its data and logs, of this stack alone
     * @param durable whether the trade numbers survive when the counter table is killed, as those of the database do
     * @throws IllegalStateException when a part does not come up
     */
    static Stack start(
            Lifetime lifetime, Project project, Path work, Ports ports, Transport transport, boolean durable) {
        var programs = project.target("mariadb");
        var logs = work.resolve("logs");
        var database = lifetime.start(
                () -> EmbeddedDatabase.start(programs, work.resolve("database"), ports.of(Port.DATABASE)));
        Messaging messaging;
        SqsClient sqs;
        EmbeddedQueues queues = null;
        if (transport == Transport.QUEUES) {
            queues = lifetime.start(() -> EmbeddedQueues.start(ports.of(Port.SQS)));
            messaging = Messaging.queues(queues.endpoint());
            sqs = queues.client();
        } else {
            var raw = transport == Transport.RAW_TOPICS;
            var fauxqs =
                    lifetime.start(() -> Fauxqs.start(project, ports.of(Port.SNS), raw, logs.resolve("fauxqs.log")));
            messaging = fauxqs.messaging();
            sqs = fauxqs.sqs();
        }
        var data = durable ? work.resolve("dynamodb") : null;
        var counters = lifetime.start(
                () -> CounterTable.start(project, ports.of(Port.DYNAMODB), data, logs.resolve("dynamodb.log")));
        return new Stack(database, messaging, sqs, queues, counters);
    }
}
