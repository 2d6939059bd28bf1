package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.common.trading.AccountId;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One entry to be booked.
 *
 * @param key {@code trade-<number>} of a settlement, {@code opening-<account>}, or {@code cash-<number>} of a deposit or a
 *     withdrawal
 * @param contract null unless the entry is a settlement
 * @param amount whole yen; null if the entry is a settlement
 * @param traceparent the trace that the booking belongs to, as of W3C; null for none
 */
@Schema(name = "Entry", description = "One entry to be booked")
public record EntryRequest(
        @Schema(
                description = "Identifies the entry: `trade-<trade number>` of a settlement, `opening-<account>`, or"
                        + " `cash-<number>` of a deposit or a withdrawal",
                examples = "trade-9001")
        @Size(min = 1, max = 100, message = "must be 1 to 100 characters")
        String key,

        @Schema(description = "Absent for the account `main`", examples = "alice") @Nullable @AccountId
        String account,

        @Schema(description = "`SETTLEMENT`, `OPENING`, `DEPOSIT` or `WITHDRAWAL`; an `ADJUSTMENT` cannot be requested")
        EntryKind kind,

        @Schema(description = "The fill; only of a settlement") @Nullable @Valid
        ContractTrade contract,

        @Schema(
                description = "Whole yen; of every kind but a settlement, and 0 only of an opening",
                examples = "10000000")
        @Nullable
        @Min(value = 0, message = "must be at least 0")
        @Max(value = MOST_YEN, message = "must be at most 1,000,000,000,000")
        Long amount,

        @Schema(description = "A text for the statement; only of a deposit or a withdrawal", examples = "Transfer 4711")
        @Nullable
        @Size(max = 100, message = "must be at most 100 characters")
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not have control characters")
        String reference,

        @Schema(
                description = "Absent without a trace. The trace that this booking belongs to, as of W3C",
                examples = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        @Nullable
        String traceparent) {

    private static final long MOST_YEN = 1_000_000_000_000L;
}
