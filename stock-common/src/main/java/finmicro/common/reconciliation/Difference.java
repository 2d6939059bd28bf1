package finmicro.common.reconciliation;

import jakarta.annotation.Nullable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A value of an account that is not what it should be.
 *
 * @param item what differs: {@code cash}, {@code shares A002}, or the key of an entry with one of these
 * @param expected the value by the account's entries, in whole yen or shares; null if there is none
 * @param actual the value that is stored; null if there is none
 */
@Schema(description = "A value of an account that is not what its entries add up to")
public record Difference(
        @Schema(examples = "alice") String account,

        @Schema(
                description = "`cash`, `reserved cash`, `shares <stock>`, `reserved shares <stock>`, `sequence` (of its"
                        + " entries, which has no gap), or the key of an entry with `cash` or `shares`",
                examples = "cash")
        String item,

        @Nullable
        @Schema(
                description =
                        "Absent if the ledger has no such entry. By the account's entries, in whole yen or shares; of"
                                + " an entry: as the ledger has it",
                examples = "9975700")
        Long expected,

        @Nullable
        @Schema(
                description =
                        "Absent if stock-trade has no such effect. As it is stored; of an entry: as stock-trade has it",
                examples = "9975701")
        Long actual) {}
