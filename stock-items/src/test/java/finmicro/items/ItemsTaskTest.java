package finmicro.items;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemsTaskTest {

    @Test
    void taskOnEcsGivesItAllThatItReadsAndNothingElse() {
        TaskEnvironment task = new TaskEnvironment("stock-items", Map.of());

        ItemsConfig config = new ItemsConfig(new Settings(task::read));

        assertThat(config.serviceName()).isEqualTo("stock-items-service");
        assertThat(task.unread()).isEmpty();
    }
}
