package finmicro.common.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSourceConfigTest {

    private final List<DataSourceConfig> all;

    DataSourceConfigTest() throws Exception {
        all = DataSourceConfig.all("127.0.0.1:3306", "StockItems");
    }

    private List<DataSourceConfig> ofRequests() {
        return all.stream().filter(source -> !source.id().equals("migration")).toList();
    }

    @Test
    void locksOfAnUnreachableHostAreReleasedWithinAMinute() {
        assertThat(ofRequests()).extracting(DataSourceConfig::id).containsExactly("master", "read");
        assertThat(ofRequests())
                .extracting(source -> source.number("wait_timeout"))
                .containsOnly(30);
    }

    @Test
    void poolClosesIdleConnectionsBeforeTheDatabaseDoes() {
        assertThat(all)
                .allSatisfy(source -> assertThat(source.maxIdleSeconds()).isLessThan(source.number("wait_timeout")));
    }

    @Test
    void lockWaitTimesOutBeforeTheSocket() {
        assertThat(ofRequests())
                .allSatisfy(source -> assertThat(source.number("innodb_lock_wait_timeout") * 1000)
                        .isLessThan(source.number("socketTimeout")));
    }

    @Test
    void longStatementOfAMigrationDoesNotTimeOut() {
        assertThat(all)
                .filteredOn(source -> source.id().equals("migration"))
                .singleElement()
                .satisfies(source ->
                        assertThat(source.number("wait_timeout") * 1000).isGreaterThan(source.number("socketTimeout")));
    }

    @Test
    void serverOfTheTemplateHasTheSameTimeouts() throws Exception {
        assertThat(Files.readString(Path.of("../ecs/database.yaml")))
                .contains("wait_timeout: \"30\"", "innodb_lock_wait_timeout: \"4\"");
    }
}
