package finmicro.items.price.control;

import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import finmicro.items.price.entity.PriceMessage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.LongCounter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Reports prices of stocks that are not in the catalogue. The prices are stored nevertheless: the catalogue may be out of date,
 * and the price would be lost. Logs the first price of each such stock, and counts all as {@code prices.unknown.stock}.
 */
@ApplicationScoped
public class UnknownStocks {

    private static final System.Logger LOG = Log.of(UnknownStocks.class);
    private static final String KNOWN = "SELECT 1 FROM attributes WHERE stock_code = ?";

    /** Bounds the memory: producers may send any number of unknown codes. */
    private static final int MAX_LOGGED = 1_000;

    private final DataSource master;
    private final LongCounter prices;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    @Inject
    public UnknownStocks(DataSource master, OpenTelemetry telemetry) {
        this.master = master;
        this.prices = Telemetry.counter(
                telemetry, "prices.unknown.stock", "message", "Price messages for stocks not in the catalogue");
    }

    /** Reports unknown stocks among these prices, in the caller's transaction. */
    public void report(List<PriceMessage> messages) throws SQLException {
        for (PriceMessage message : messages) {
            String code = message.stockCode();
            if (!known.contains(code) && !isInCatalogue(code)) {
                prices.add(1);
                if (logged.size() < MAX_LOGGED && logged.add(code)) {
                    LOG.log(System.Logger.Level.WARNING, "price.unknown-stock stockCode={0}", code);
                }
            }
        }
    }

    private boolean isInCatalogue(String code) throws SQLException {
        try (Connection connection = master.getConnection();
                PreparedStatement query = connection.prepareStatement(KNOWN)) {
            query.setString(1, code);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && known.add(code);
            }
        }
    }
}
