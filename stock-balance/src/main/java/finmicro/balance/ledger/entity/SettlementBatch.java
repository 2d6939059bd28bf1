package finmicro.balance.ledger.entity;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Contracted trades to be settled together.
 *
 * @param contracts 1 to 100, settled in this order; so many fit into a body
 */
@Schema(name = "ContractBatch", description = "Contracted trades to be settled together")
public record SettlementBatch(
        @Size(min = 1, max = MOST, message = "must be 1 to " + MOST)
        List<@Valid Entry> contracts) {

    /** How many are settled at once. */
    public static final int MOST = 100;

    /**
     * One of them.
     *
     * @param traceparent the trace that its settlement belongs to, as of W3C; null for none, as is what is no such text
     */
    @Schema(name = "BatchedContract", description = "One of the contracted trades of a batch")
    public record Entry(
            @Valid Settlement contract,

            @Schema(
                    description = "Absent without a trace. The trace that this settlement belongs to, as of W3C",
                    examples = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            @Nullable
            String traceparent) {}
}
