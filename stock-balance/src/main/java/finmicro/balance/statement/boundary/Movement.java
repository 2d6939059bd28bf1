package finmicro.balance.statement.boundary;

import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.time.JapanTime;
import finmicro.common.trading.TradeType;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One line of a statement.
 *
 * @param sequence sequence number of the entry within the account, without gaps
 * @param tradeNo null unless the entry is a settlement
 * @param tradeType null unless the entry is a settlement
 * @param stockCode null if no shares are involved
 * @param amount whole yen that the account received, including fee and tax; negative if it paid
 * @param shares shares that the account received; negative if it delivered, 0 if no shares are involved
 * @param sharesAfter null if no shares are involved
 * @param reference null if there is none
 */
@Schema(description = "One line of a statement")
public record Movement(
        @Schema(description = "Sequence number of the entry within the account, without gaps", examples = "5")
        long sequence,

        @Schema(examples = "2020-06-07T11:25:04+09:00") OffsetDateTime bookedAt,

        EntryKind kind,

        @Schema(description = "Absent unless the entry is a settlement", examples = "9001")
        Long tradeNo,

        @Schema(description = "Absent unless the entry is a settlement")
        TradeType tradeType,

        @Schema(description = "Absent if no shares are involved", examples = "A002")
        String stockCode,

        @Schema(
                description = "Whole yen that the account received, including fee and tax; negative if it paid",
                examples = "-24300")
        long amount,

        @Schema(description = "Whole yen, included in the amount", examples = "1000")
        long fee,

        @Schema(description = "Whole yen, included in the amount", examples = "100")
        long tax,

        @Schema(description = "Shares that the account received; negative if it delivered", examples = "10")
        long shares,

        @Schema(description = "The account's cash after the entry, in whole yen", examples = "9975700")
        long cashAfter,

        @Schema(
                description = "Absent if no shares are involved. The account's shares of the stock after the entry",
                examples = "10")
        Long sharesAfter,

        @Schema(
                description = "Absent if there is none. The text of a deposit or withdrawal",
                examples = "Transfer 4711")
        String reference) {

    /**
     * A page of a statement.
     *
     * @param nextCursor null on the last page
     */
    @Schema(name = "Statement", description = "A page of a statement, newest first")
    public record Page(
            List<Movement> movements,

            @Schema(description = "Absent on the last page. The `cursor` of the next page", examples = "5")
            String nextCursor) {}

    static Movement of(LedgerEntry entry) {
        return new Movement(
                entry.sequence(),
                JapanTime.of(entry.bookedAt()),
                entry.kind(),
                entry.tradeNo(),
                side(entry),
                entry.stockCode(),
                entry.customerCash(),
                entry.feeCash(),
                entry.taxCash(),
                entry.customerShares(),
                entry.cashAfter(),
                entry.sharesAfter(),
                entry.reference());
    }

    private static TradeType side(LedgerEntry entry) {
        if (entry.kind() != EntryKind.SETTLEMENT) {
            return null;
        }
        return entry.customerShares() > 0 ? TradeType.BUY : TradeType.SELL;
    }
}
