package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void aPropertyChoosesAnotherPort() {
        var ports = Ports.chosen(Map.of("port.trade", "9081")::get);

        assertThat(ports.of(Port.TRADE)).isEqualTo(9081);
        assertThat(ports.of(Port.ITEMS)).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "trade", "0", "65536", "-1"})
    void invalidPortIsRefusedInOneLine(String value) {
        assertThatThrownBy(() -> Ports.chosen(Map.of("port.sqs", value)::get))
                .hasMessage("\"" + value + "\" is not a port: choose another with -Dport.sqs=<number>");
    }

    @Test
    void aPortInUseIsReportedWithTheOptionToChange() throws IOException {
        try (var owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var number = owner.getLocalPort();
            var ports = Ports.chosen(Map.of("port.database", String.valueOf(number))::get);

            assertThatThrownBy(() -> ports.requireFree(List.of(Port.DATABASE)))
                    .hasMessage("Port %d (database) is in use: choose another with -Dport.database=<number>", number);
        }
    }

    @Test
    void onePortCannotBeUsedTwice() {
        var free = Ports.free().of(Port.TRADE);
        var numbers = new EnumMap<>(Map.of(Port.ITEMS, free, Port.TRADE, free));

        assertThatThrownBy(() -> new Ports(numbers).requireFree(List.of(Port.ITEMS, Port.TRADE)))
                .hasMessage(
                        "Port %d is chosen for items and for trade: choose another with -Dport.trade=<number>", free);
    }

    @Test
    void freePortsAreFree() {
        assertThatCode(() -> Ports.free().requireFree(List.of(Port.values()))).doesNotThrowAnyException();
    }
}
