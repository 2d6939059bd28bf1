package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ZipkinIntakeTest {

    private static ObjectNode completed(String span) throws JsonProcessingException {
        ObjectNode node = (ObjectNode) new ObjectMapper().readTree(span);
        ZipkinIntake.complete(node);
        return node;
    }

    private static String remote(ObjectNode span) {
        return span.at("/remoteEndpoint/serviceName").asText();
    }

    @Test
    void callerOfAConsumerIsItsQueue() throws Exception {
        assertThat(remote(completed("""
                        {"parentId": "1", "kind": "CONSUMER", "tags": {"messaging.destination.name": "a-que"}}"""))).isEqualTo("a-que");
    }

    @Test
    void callerOfARootSpanIsAClientOrTheClock() throws Exception {
        assertThat(remote(completed("{\"kind\": \"SERVER\"}"))).isEqualTo("client");
        ObjectNode tick = completed("{\"name\": \"price tick\"}");
        assertThat(remote(tick)).isEqualTo("clock");
        assertThat(tick.path("kind").asText()).isEqualTo("SERVER");
    }

    @Test
    void otherSpansAreNotChanged() throws Exception {
        for (String span : new String[] {
            "{\"parentId\":\"1\",\"kind\":\"SERVER\"}", "{\"parentId\":\"1\"}", "{\"kind\":\"CLIENT\"}"
        }) {
            assertThat(completed(span)).isEqualTo(new ObjectMapper().readTree(span));
        }
    }

    @Test
    void receiveIsNotACall() throws Exception {
        assertThat(completed("""
                        {"parentId": "1", "kind": "CLIENT", "tags": {"messaging.operation.type": "receive"}}""").has("kind")).isFalse();
    }
}
