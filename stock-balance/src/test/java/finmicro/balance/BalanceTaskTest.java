package finmicro.balance;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceTaskTest {

    @Test
    void taskOnEcsGivesItAllThatItReadsAndNothingElse() {
        TaskEnvironment task = new TaskEnvironment("stock-balance", Map.of());

        BalanceConfig config = new BalanceConfig(new Settings(task::read));

        assertThat(config.serviceName()).isEqualTo("stock-balance-service");
        assertThat(task.unread()).isEmpty();
    }
}
