package finmicro.market;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarketTaskTest {

    @Test
    void taskOnEcsGivesItAllThatItReadsAndNothingElse() {
        Set<String> unread = unread("sqs");

        // One mode reads the queue's address, the other the topic's.
        unread.retainAll(unread("sns"));

        assertThat(unread).isEmpty();
    }

    private static Set<String> unread(String mode) {
        TaskEnvironment task = new TaskEnvironment("stock-market", Map.of("MessageMode", mode));
        MarketConfig config = new MarketConfig(new Settings(task::read));
        assertThat(config.serviceName()).isEqualTo("stock-market-service");
        return task.unread();
    }
}
