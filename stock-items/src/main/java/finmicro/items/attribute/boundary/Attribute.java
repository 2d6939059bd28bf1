package finmicro.items.attribute.boundary;

import finmicro.items.attribute.entity.StockAttribute;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A stock and its industry. */
@Schema(name = "Stock", description = "A stock and its industry")
public record Attribute(
        @Schema(examples = "A002") String stockCode,
        @Schema(examples = "Sample IT Company2") String stockName,

        @Schema(description = "Absent if it is not known") Industry industry,

        @Schema(examples = "2020-05-17T09:00:00+09:00") OffsetDateTime updateTime) {

    /** An industry. */
    @Schema(description = "An industry")
    public record Industry(
            @Schema(examples = "5250") String industryCode,

            @Schema(examples = "Information & Communication")
            String industryName) {}

    /** All stocks. */
    @Schema(name = "StockList", description = "All stocks")
    public record Page(List<Attribute> attributes) {}

    static Attribute of(StockAttribute stock) {
        Industry industry = stock.industry() == null
                ? null
                : new Industry(stock.industry().code(), stock.industry().name());
        return new Attribute(stock.stockCode(), stock.stockName(), industry, stock.updateTime());
    }
}
