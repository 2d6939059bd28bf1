package finmicro.balance.feed.boundary;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Those of the trades that are booked.
 *
 * @param tradeNos ascending
 */
@Schema(description = "Those of the trades that are booked by then, ascending")
public record BookedTrades(List<Long> tradeNos) {}
