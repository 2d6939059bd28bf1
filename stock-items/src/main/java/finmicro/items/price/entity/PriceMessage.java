package finmicro.items.price.entity;

import finmicro.common.trading.ContractPrice;
import finmicro.common.trading.StockCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Prices of one stock: a message of the queue, or an event. */
@Schema(name = "StockPrices", description = "Prices of one stock, by day and minute")
public record PriceMessage(
        @Schema(examples = "A002") @StockCode String stockCode,

        @Schema(examples = "Sample IT Company2") @Size(max = 200)
        String stockName,

        // A message has at least one day; a history may have none.
        @Schema(minItems = 0) @NotEmpty List<@Valid DatePrice> datePrice) {

    /** The prices of one day. */
    @Schema(description = "The prices of one day")
    public record DatePrice(
            @Schema(implementation = Integer.class, examples = "20200526", description = "yyyyMMdd, JST")
            LocalDate date,

            @NotEmpty List<@Valid TimePrice> timePrice) {}

    /** The price of one minute, in yen. */
    @Schema(description = "The price of one minute")
    public record TimePrice(
            @Schema(examples = "09:00", description = "HH:mm, JST")
            @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]", message = "must be a time HH:mm on the 24-hour clock")
            String time,

            @Schema(description = "Yen per share", examples = "2650") @ContractPrice
            BigDecimal price) {}
}
