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
 * An entry to book.
 *
 * @param key {@code trade-<number>} for a settlement, {@code opening-<account>} for an opening, {@code cash-<number>} for a
 *     deposit or withdrawal
 * @param contract the fill; null unless the entry is a settlement
 * @param amount whole yen; null if the entry is a settlement
 * @param traceparent W3C trace context of the booking; null if it is not traced
 */
@Schema(name = "Entry", description = "An entry to book")
public record EntryRequest(
        @Schema(
                description =
                        "Idempotency key of the entry: `trade-<trade number>` for a settlement, `opening-<account>` for an"
                                + " opening, `cash-<number>` for a deposit or withdrawal",
                examples = "trade-9001")
        @Size(min = 1, max = 100, message = "must be 1 to 100 characters")
        String key,

        @Schema(description = "Absent for the account `main`", examples = "alice") @Nullable @AccountId
        String account,

        @Schema(description = "`SETTLEMENT`, `OPENING`, `DEPOSIT` or `WITHDRAWAL`; an `ADJUSTMENT` cannot be requested")
        EntryKind kind,

        @Schema(description = "Absent unless the entry is a settlement. The fill") @Nullable @Valid
        Settlement contract,

        @Schema(
                description = "Absent for a settlement. Whole yen; at least 1, or 0 for an opening",
                examples = "10000000")
        @Nullable
        @Min(value = 0, message = "must be at least 0")
        @Max(value = MAX_YEN, message = "must be at most 1,000,000,000,000")
        Long amount,

        @Schema(
                description = "Absent if there is none. Text for the statement, for a deposit or withdrawal",
                examples = "Transfer 4711")
        @Nullable
        @Size(max = 100, message = "must be at most 100 characters")
        @jakarta.validation.constraints.Pattern(
                regexp = "[^\\x00-\\x1F\\x7F]*",
                message = "must not contain control characters")
        String reference,

        @Schema(
                description = "Absent if the booking is not traced. Its W3C trace context",
                examples = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        @Nullable
        String traceparent) {

    private static final long MAX_YEN = 1_000_000_000_000L;
    private static final Pattern CASH_KEY = Pattern.compile("cash-[1-9][0-9]{0,18}");
    private static final String ABSENT = "must be absent";

    /**
     * Converts the entry to a booking.
     *
     * @throws InvalidInput if fields do not match the kind; it names each of them
     */
    Booking booking() {
        List<FieldError> errors = new ArrayList<>();
        String owner = account == null ? Account.MAIN : account;
        switch (kind) {
            case SETTLEMENT -> checkSettlement(owner, errors);
            case OPENING -> checkOpening(owner, errors);
            case DEPOSIT, WITHDRAWAL -> checkCash(errors);
            case ADJUSTMENT -> errors.add(new FieldError("/kind", "must not be ADJUSTMENT"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        Context trace = TraceContext.of(traceparent);
        if (kind == EntryKind.SETTLEMENT) {
            return Booking.settlement(contract, owner, false, trace);
        }
        long yen = kind == EntryKind.WITHDRAWAL ? -amount : amount;
        return new Booking(key, owner, kind, null, yen, reference, false, trace);
    }

    private void checkSettlement(String owner, List<FieldError> errors) {
        if (contract == null) {
            errors.add(new FieldError("/contract", "is missing"));
            return;
        }
        check(key.equals(Booking.settlementKey(contract.tradeNo())), "/key", "must be trade-<tradeNo>", errors);
        check(
                contract.account() == null || contract.account().equals(owner),
                "/contract/account",
                "must be absent, or equal the account of the entry",
                errors);
        check(amount == null, "/amount", ABSENT, errors);
        check(reference == null, "/reference", ABSENT, errors);
    }

    /** Main cannot be opened: it existed before the ledger, with its cash. */
    private void checkOpening(String owner, List<FieldError> errors) {
        check(!owner.equals(Account.MAIN), "/account", "must not be " + Account.MAIN, errors);
        check(key.equals("opening-" + owner), "/key", "must be opening-<account>", errors);
        check(reference == null, "/reference", ABSENT, errors);
        checkAmount(0, errors);
    }

    private void checkCash(List<FieldError> errors) {
        check(CASH_KEY.matcher(key).matches(), "/key", "must be cash-<number>", errors);
        checkAmount(1, errors);
    }

    private void checkAmount(long minimum, List<FieldError> errors) {
        check(amount != null, "/amount", "is missing", errors);
        check(amount == null || amount >= minimum, "/amount", "must be at least " + minimum, errors);
        check(contract == null, "/contract", ABSENT, errors);
    }

    private static void check(boolean valid, String pointer, String detail, List<FieldError> errors) {
        if (!valid) {
            errors.add(new FieldError(pointer, detail));
        }
    }
}
