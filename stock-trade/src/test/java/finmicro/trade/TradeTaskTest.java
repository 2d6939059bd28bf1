package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TradeTaskTest {

    @Test
    void taskOnEcsGivesItAllThatItReadsAndNothingElse() {
        Set<String> unread = unread("sqs");

        // One mode reads the queue's address, the other the topic's.
        unread.retainAll(unread("sns"));

        assertThat(unread).isEmpty();
    }

    private static Set<String> unread(String mode) {
        TaskEnvironment task = new TaskEnvironment("stock-trade", Map.of("MessageMode", mode));
        TradeConfig config = new TradeConfig(new Settings(task::read));
        assertThat(config.serviceName()).isEqualTo("stock-trade-service");
        return task.unread();
    }
}
