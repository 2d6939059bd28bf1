package finmicro.items;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import org.junit.jupiter.api.Test;

class ItemsTaskTest {

    @Test
    void ecsTaskDefinesExactlyTheVariablesThatTheServiceReads() {
        assertThat(TaskEnvironment.unread("stock-items", task -> new ItemsConfig(new Settings(task::read))))
                .isEmpty();
    }
}
