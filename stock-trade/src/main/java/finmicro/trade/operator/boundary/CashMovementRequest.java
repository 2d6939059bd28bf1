package finmicro.trade.operator.boundary;

import finmicro.common.trading.AccountId;
import finmicro.trade.account.entity.CashEntry;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A deposit or withdrawal to be booked.
 *
 * @param account null for the account of the caller
 * @param amount whole yen
 * @param reference for the statement; null for none
 */
@Schema(description = "A deposit or withdrawal to be booked")
public record CashMovementRequest(
        @Schema(
                description = "Absent for the account `main` if the service runs without tokens. The account",
                examples = "alice")
        @Nullable
        @AccountId
        String account,

        Type type,

        @Schema(description = "Whole yen", examples = "100000")
        @Min(value = 1, message = "must be at least 1")
        @Max(value = MOST_YEN, message = "must be at most 1,000,000,000,000")
        long amount,

        @Schema(description = "Absent for none. A text for the statement", examples = "Transfer 4711")
        @Nullable
        @Size(max = 100, message = "must be at most 100 characters")
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not have control characters")
        String reference) {

    private static final long MOST_YEN = 1_000_000_000_000L;

    /** Which way the cash goes. */
    @Schema(name = "CashMovementType", examples = "DEPOSIT", description = "Which way the cash goes")
    public enum Type {
        /** Into the account. */
        DEPOSIT,
        /** Out of the account. */
        WITHDRAWAL;

        CashEntry.Kind kind() {
            return CashEntry.Kind.valueOf(name());
        }

        static Type of(CashEntry.Kind kind) {
            return valueOf(kind.name());
        }
    }
}
