package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.local.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class RestartIT {

    private final TradingSystem system;

    RestartIT(TradingSystem system) {
        this.system = system;
    }

    @Test
    void aKilledServerComesBack() {
        var balance = system.server(Service.BALANCE);
        var killed = balance.pid();

        balance.kill();
        assertThat(balance.isReady()).isFalse();
        balance.startAgain(Map.of());
        balance.awaitReady(Duration.ofMinutes(2));

        assertThat(balance.pid()).isNotEqualTo(killed);
    }

    @Test
    void aServerThatCannotStartSaysWhy() {
        var items = system.server(Service.ITEMS);
        items.stop();
        items.startAgain(Map.of("DB_HOST_MASTER", "(127.0.0.1:3306)"));
        try {
            assertThatThrownBy(() -> items.awaitReady(Duration.ofSeconds(30))).hasMessageContaining("DB_HOST_MASTER");
        } finally {
            system.restart(Service.ITEMS, Map.of());
        }
    }
}
