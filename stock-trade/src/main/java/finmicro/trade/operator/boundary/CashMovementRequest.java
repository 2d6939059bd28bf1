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
 * A deposit or withdrawal to book.
 *
 * @param account null for {@code main} if the service runs without tokens; required otherwise
 * @param amount whole yen
 * @param reference text on the statement; null if there is none
 */
@Schema(description = "A deposit or withdrawal to book")
public record CashMovementRequest(
        @Schema(
                description = "Absent for the account `main` if the service runs without tokens; required otherwise",
                examples = "alice")
        @Nullable
        @AccountId
        String account,

        Type type,

        @Schema(description = "Whole yen", examples = "100000")
        @Min(value = 1, message = "must be at least 1")
        @Max(value = MAX_YEN, message = "must be at most 1,000,000,000,000")
        long amount,

        @Schema(description = "Absent if there is none. Text on the statement", examples = "Transfer 4711")
        @Nullable
        @Size(max = 100, message = "must be at most 100 characters")
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not contain control characters")
        String reference) {

    private static final long MAX_YEN = 1_000_000_000_000L;

    /** The direction of the movement. */
    @Schema(name = "CashMovementType", examples = "DEPOSIT", description = "Direction of the movement")
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
