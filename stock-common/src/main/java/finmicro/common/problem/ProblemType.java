package finmicro.common.problem;

import finmicro.common.json.FieldError;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The problem types of all services. {@code docs/problems.md} repeats their texts and adds what a caller can do; the OpenAPI
 * documents contain {@link #meaning} and {@link #example}. A meaning must not contain words in backticks: the OpenAPI filter
 * reads them as problem types.
 */
public enum ProblemType {
    ABOUT_BLANK(
            0,
            "reason phrase of the status",
            "The HTTP status describes the problem",
            () -> Problem.of(Response.Status.INTERNAL_SERVER_ERROR)),

    INVALID_INPUT(
            400,
            "The input is not valid",
            "A field of the body or a parameter is missing, malformed or out of range; errors lists each one",
            () -> Problem.invalidInput(List.of(new FieldError("/orderPrice", "must be above 0")))),

    UNAUTHORIZED(
            401,
            "Not signed in",
            "The access token is missing or not valid",
            () -> Problem.unauthorized("An access token is required. Sign in and send it as a bearer token.")),

    FORBIDDEN(
            403,
            "Not allowed",
            "The caller lacks a required role, or the request uses an origin or host name that is not allowed",
            () -> Problem.forbidden("This operation requires the role trader. Ask an administrator to assign it.")),

    NOT_FOUND(404, "Not found", "The requested resource does not exist", () -> Problem.noTrade(99)),

    ORDER_NOT_OPEN(
            409,
            "The order is no longer open",
            "The order is already filled, failed or cancelled",
            () -> Problem.orderNotOpen("Order 10012 is already filled and cannot be cancelled.")),

    ACCOUNT_NOT_EMPTY(
            409,
            "The account is not empty",
            "An account with open orders, positions or cash cannot be closed",
            () -> Problem.accountNotEmpty("alice", "2 orders are open")),

    SETTLEMENT_CONFLICT(
            409,
            "Already booked with different content",
            "The trade number or key is already booked with a different account, stock, side, price, quantity or amount",
            () -> Problem.settlementConflict("Trade 10012 is already booked with a different price.")),

    TOO_LARGE(413, "The body is too large", "The body is over 64 KiB", () -> Problem.tooLarge(64 * 1024)),

    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key is already used",
            "The Idempotency-Key was used for a different order, deposit or withdrawal",
            () -> Problem.keyReused(10012)),

    INSUFFICIENT_FUNDS(
            422,
            "Insufficient buying power",
            "The order costs more than the available buying power; required and available are whole yen",
            () -> Problem.insufficientFunds(24_850, 9_000)),

    INSUFFICIENT_HOLDINGS(
            422,
            "Insufficient shares",
            "The order sells more shares than are held and not reserved for other orders; required and available are shares",
            () -> Problem.insufficientHoldings("A002", 10, 6)),

    UNKNOWN_ACCOUNT(422, "Unknown account", "The account has not been opened", () -> Problem.unknownAccount("alice")),

    ACCOUNT_SUSPENDED(
            422,
            "The account is suspended",
            "The account accepts no new orders for now; open orders still settle",
            () -> Problem.accountSuspended("alice")),

    ACCOUNT_CLOSED(
            422, "The account is closed", "The account is closed permanently", () -> Problem.accountClosed("alice")),

    UNAVAILABLE(
            503,
            "Temporarily unavailable",
            "A dependency is unavailable, or the service is overloaded. Try again after Retry-After seconds",
            () -> Problem.unavailable("A dependency of this service is unavailable. Try again in a few seconds."));

    private static final String URN = "urn:fin-micro:problem:";

    private final int status;
    private final String title;
    private final String meaning;
    private final Supplier<Problem> example;

    ProblemType(int status, String title, String meaning, Supplier<Problem> example) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.example = example;
    }

    /** @throws IllegalArgumentException for an unknown word */
    public static ProblemType of(String word) {
        return of(word, ProblemType::word);
    }

    /** @throws IllegalArgumentException for an unknown URI */
    static ProblemType ofUri(String uri) {
        return of(uri, ProblemType::uri);
    }

    private static ProblemType of(String name, Function<ProblemType, String> naming) {
        return Arrays.stream(values())
                .filter(type -> naming.apply(type).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown problem type " + name));
    }

    /** Its name in documents and metrics: {@code invalid-input}. */
    public String word() {
        return this == ABOUT_BLANK
                ? "about:blank"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name on the wire. */
    public String uri() {
        return this == ABOUT_BLANK ? word() : URN + word();
    }

    /** Its HTTP status; 0 if it may have any. */
    public int status() {
        return status;
    }

    /** Its summary, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** When it occurs, for a caller. */
    public String meaning() {
        return meaning;
    }

    /** An example for the documentation. */
    public Problem example() {
        return example.get();
    }
}
