package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.persistence.Migration;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.OldDatabase;
import finmicro.embedded.ThreadBoundDataSource;
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
