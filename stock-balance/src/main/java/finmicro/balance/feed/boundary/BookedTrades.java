package finmicro.balance.feed.boundary;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The trades that are booked.
 *
 * @param tradeNos ascending
 */
@Schema(description = "The trades of the request that are booked by then, ascending")
public record BookedTrades(List<Long> tradeNos) {}
