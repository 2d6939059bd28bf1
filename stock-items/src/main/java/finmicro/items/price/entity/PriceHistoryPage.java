package finmicro.items.price.entity;

import finmicro.common.trading.StockCode;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The API schema of a page of the price history. {@code PricePage} writes it without this record. */
@Schema(name = "PriceHistory", description = "Prices of one stock, by day and minute")
public record PriceHistoryPage(
        @Schema(examples = "A002") @StockCode String stockCode,

        @Schema(examples = "Sample IT Company2") @Size(max = 200)
        String stockName,

        @Schema(minItems = 0, description = "Days without prices are omitted")
        List<PriceMessage.DatePrice> datePrice,

        @Schema(examples = "20200526T10:00", description = "Absent on the last page. The `cursor` of the next page")
        String nextCursor) {}
