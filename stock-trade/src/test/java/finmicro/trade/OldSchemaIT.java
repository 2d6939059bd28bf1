package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.embedded.EmbeddedDatabase;
import finmicro.common.embedded.OldDatabase;
import finmicro.common.embedded.ThreadBoundDataSource;
import finmicro.common.persistence.Migration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OldSchemaIT {

    @Test
    void oldDatabaseIsTakenOverWithItsRows() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of("target/old-schema-it"), 0)) {
            ThreadBoundDataSource dataSource = new ThreadBoundDataSource(database.jdbcUrl("StockTrade"));
            OldDatabase.create(dataSource);

            new Migration(dataSource).prepare();

            assertThat(OldDatabase.tablesWithoutKey(dataSource)).isEqualTo("0");
            assertThat(OldDatabase.floatingPointColumns(dataSource)).isEqualTo("0");
            assertThat(OldDatabase.value(
                            dataSource,
                            "SELECT CONCAT(order_price, ' ', estimated_value) FROM trades WHERE trade_no = 10001"))
                    .isEqualTo("2400.0000 241100");
        }
    }
}
