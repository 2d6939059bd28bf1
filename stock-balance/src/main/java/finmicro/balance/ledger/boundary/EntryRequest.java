package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.trading.Account;
import finmicro.common.trading.AccountId;
import io.opentelemetry.context.Context;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

        @Schema(description = "Absent unless a trade is settled. The fill") @Nullable @Valid
        Settlement contract,

        @Schema(description = "Absent if a trade is settled. Whole yen; 0 only of an opening", examples = "10000000")
        @Nullable
        @Min(value = 0, message = "must be at least 0")
        @Max(value = MOST_YEN, message = "must be at most 1,000,000,000,000")
        Long amount,

        @Schema(
                description = "Absent without one. A text for the statement, of a deposit or a withdrawal",
                examples = "Transfer 4711")
        @Nullable
        @Size(max = 100, message = "must be at most 100 characters")
        @jakarta.validation.constraints.Pattern(
                regexp = "[^\\x00-\\x1F\\x7F]*",
                message = "must not have control characters")
        String reference,

        @Schema(
                description = "Absent without a trace. The trace that this booking belongs to, as of W3C",
                examples = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        @Nullable
        String traceparent) {

    private static final long MOST_YEN = 1_000_000_000_000L;
    private static final Pattern CASH_KEY = Pattern.compile("cash-[1-9][0-9]{0,18}");
    private static final String ABSENT = "must be absent";

    /**
     * The entry as it is to be booked.
     *
     * @throws InvalidInput naming each field that does not fit the kind
     */
    Booking booking() {
        List<FieldError> faults = new ArrayList<>();
        String owner = account == null ? Account.MAIN : account;
        switch (kind) {
            case SETTLEMENT -> checkSettlement(owner, faults);
            case OPENING -> checkOpening(owner, faults);
            case DEPOSIT, WITHDRAWAL -> checkCash(faults);
            case ADJUSTMENT -> faults.add(new FieldError("/kind", "must not be ADJUSTMENT"));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        Context trace = TraceContext.of(traceparent);
        if (kind == EntryKind.SETTLEMENT) {
            return Booking.settlement(contract, owner, false, trace);
        }
        long yen = kind == EntryKind.WITHDRAWAL ? -amount : amount;
        return new Booking(key, owner, kind, null, yen, reference, false, trace);
    }

    private void checkSettlement(String owner, List<FieldError> faults) {
        if (contract == null) {
            faults.add(new FieldError("/contract", "is missing"));
            return;
        }
        check(key.equals(Booking.settlementKey(contract.tradeNo())), "/key", "must be trade-<tradeNo>", faults);
        check(
                contract.account() == null || contract.account().equals(owner),
                "/contract/account",
                "must be absent, or that of the entry",
                faults);
        check(amount == null, "/amount", ABSENT, faults);
        check(reference == null, "/reference", ABSENT, faults);
    }

    /** Its cash exists already: main is as old as the tables. */
    private void checkOpening(String owner, List<FieldError> faults) {
        check(!owner.equals(Account.MAIN), "/account", "must not be " + Account.MAIN, faults);
        check(key.equals("opening-" + owner), "/key", "must be opening-<account>", faults);
        check(reference == null, "/reference", ABSENT, faults);
        checkAmount(0, faults);
    }

    private void checkCash(List<FieldError> faults) {
        check(CASH_KEY.matcher(key).matches(), "/key", "must be cash-<number>", faults);
        checkAmount(1, faults);
    }

    private void checkAmount(long least, List<FieldError> faults) {
        check(amount != null, "/amount", "is missing", faults);
        check(amount == null || amount >= least, "/amount", "must be at least " + least, faults);
        check(contract == null, "/contract", ABSENT, faults);
    }

    private static void check(boolean right, String pointer, String detail, List<FieldError> faults) {
        if (!right) {
            faults.add(new FieldError(pointer, detail));
        }
    }
}
