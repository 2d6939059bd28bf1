package finmicro.trade.operator.boundary;

import finmicro.common.time.JapanTime;
import finmicro.trade.operator.entity.CashMovement;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A booked deposit or withdrawal.
 *
 * @param amount whole yen
 * @param reference null if there is none
 */
@Schema(name = "CashMovement", description = "A booked deposit or withdrawal")
public record CashMovementView(
        @Schema(description = "The key of its ledger entry is `cash-<movementNo>`", examples = "7")
        long movementNo,

        @Schema(examples = "alice") String account,
        CashMovementRequest.Type type,

        @Schema(description = "Whole yen", examples = "100000")
        long amount,

        @Schema(description = "Absent if there is none. Text on the statement", examples = "Transfer 4711")
        String reference,

        @Schema(examples = "2020-06-07T11:25:04+09:00") OffsetDateTime createdAt) {

    static CashMovementView of(CashMovement movement) {
        return new CashMovementView(
                movement.movementNo(),
                movement.account(),
                CashMovementRequest.Type.of(movement.kind()),
                movement.amount(),
                movement.reference(),
                JapanTime.of(movement.createdAt()));
    }
}
