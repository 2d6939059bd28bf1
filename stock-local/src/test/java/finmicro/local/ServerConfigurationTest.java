package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigurationTest {

    @TempDir
    Path folder;

    private ServerConfiguration server(Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("shared.xml"), """
                <server>
                  <variable name="POOL" defaultValue="10"/>
                  <executor coreThreads="50"/>
                  <dataSource id="master"><connectionManager maxPoolSize="${POOL}"/></dataSource>
                  <!-- <executor coreThreads="999"/> -->
                </server>
                """);
        Files.writeString(folder.resolve("server.xml"), """
                <server>
                  <include location="${liberty.config.dir}/shared.xml"/>
                  <variable name="threads" value="60"/>
                  <executor coreThreads="${threads}"/>
                </server>
                """);
        return ServerConfiguration.read(folder, environment);
    }

    @Test
    void laterSettingWinsAndACommentIsIgnored() throws IOException {
        assertThat(server(Map.of()).coreThreads()).isEqualTo(60);
    }

    @Test
    void environmentReplacesADefaultButNotAValue() throws IOException {
        var server = server(Map.of("POOL", "14", "threads", "1"));

        assertThat(server.pools()).containsExactlyEntriesOf(Map.of("master", 14));
        assertThat(server.variable("threads")).isEqualTo("60");
        assertThat(server(Map.of()).pools()).containsExactlyEntriesOf(Map.of("master", 10));
    }

    /** docs/configuration.md states both numbers. */
    @Test
    void poolsOfThreeTasksOfEachServiceFitIntoADatabaseThatTakes151Connections() {
        var pools = Stream.of(Service.TRADE, Service.BALANCE, Service.ITEMS)
                .map(service -> ServerConfiguration.of(service, Map.of()).pools())
                .toList();

        assertThat(pools.get(0)).isEqualTo(Map.of("master", 10, "migration", 2));
        assertThat(pools.get(1)).isEqualTo(Map.of("master", 10, "migration", 2));
        assertThat(pools.get(2)).isEqualTo(Map.of("master", 10, "read", 10, "migration", 2));
        assertThat(3
                        * pools.stream()
                                .flatMap(sizes -> sizes.values().stream())
                                .mapToInt(Integer::intValue)
                                .sum())
                .isLessThan(151);
    }
}
