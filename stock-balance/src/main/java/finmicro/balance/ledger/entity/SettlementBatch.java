package finmicro.balance.ledger.entity;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Filled trades to settle together.
 *
 * @param contracts 1 to 100 fills, settled in this order; they fit into the maximum body size
 */
@Schema(name = "ContractBatch", description = "Filled trades to settle together")
public record SettlementBatch(
        @Size(min = 1, max = MAX_FILLS, message = "must be 1 to " + MAX_FILLS)
        List<@Valid Entry> contracts) {

    /** The maximum number of fills in a batch. */
    public static final int MAX_FILLS = 100;

    /**
     * A fill of the batch.
     *
     * @param traceparent W3C trace context of its settlement; null or malformed if it is not traced
     */
    @Schema(name = "BatchedContract", description = "A filled trade of a batch")
    public record Entry(
            @Valid Settlement contract,

            @Schema(
                    description = "Absent if the settlement is not traced. Its W3C trace context",
                    examples = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            @Nullable
            String traceparent) {}
}
