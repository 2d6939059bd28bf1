package finmicro.common.problem;

import finmicro.common.json.FieldError;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every kind of problem that a service answers with. {@code docs/problems.md} has the same ones, word for word, and tells a
 * caller what to do; the OpenAPI documents have {@link #meaning} and {@link #example}.
 */
public enum ProblemType {
    ABOUT_BLANK(
            0, "that of the status", "The status says it all", () -> Problem.of(Response.Status.INTERNAL_SERVER_ERROR)),

    INVALID_INPUT(
            400,
            "The input is not valid",
            "A field of the body or a parameter is missing, malformed or out of bounds; each is named",
            () -> Problem.invalidInput(List.of(new FieldError("/orderPrice", "must be above 0")))),

    UNAUTHORIZED(
            401,
            "Not signed in",
            "No access token was sent, or none that can be believed",
            () -> Problem.unauthorized("an access token is wanted")),

    FORBIDDEN(
            403,
            "Not allowed",
            "The caller has none of the roles that may do this, or a web page or host name that may not be used",
            () -> Problem.forbidden("the role trader is wanted")),

    NOT_FOUND(404, "Not found", "There is no such thing", () -> Problem.notFound("no trade has the number 99")),

    ORDER_NOT_OPEN(
            409,
            "The order is no longer open",
            "The order is contracted, failed or cancelled already",
            () -> Problem.orderNotOpen("trade 10012 is contracted")),

    HOLD_CONFLICT(
            409,
            "Nothing can be held for this trade",
            "The trade's hold was released or settled before, or is another",
            () -> Problem.holdConflict("trade 10012 was released, settled, or holds something else")),

    ACCOUNT_NOT_EMPTY(
            409,
            "The account is not empty",
            "An account with open orders, positions or cash cannot be closed",
            () -> Problem.accountNotEmpty("alice", "2 orders are open")),

    SETTLEMENT_CONFLICT(
            409,
            "Booked before with other content",
            "The trade number or key was booked before with another account, stock, side, price, quantity or amount",
            () -> Problem.settlementConflict("trade 10012 was booked with another price")),

    TOO_LARGE(413, "The body is too large", "The body is over 64 KiB", () -> Problem.tooLarge(64 * 1024)),

    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used before",
            "Another order was placed under this Idempotency-Key",
            () -> Problem.keyReused(10012)),

    INSUFFICIENT_FUNDS(
            422,
            "The buying power does not suffice",
            "The order cannot be paid for; what it needs and what is available are told in whole yen",
            () -> Problem.insufficientFunds(24_850, 9_000)),

    INSUFFICIENT_HOLDINGS(
            422,
            "The holding does not suffice",
            "More is sold than is held and not reserved for other orders; both are told in shares",
            () -> Problem.insufficientHoldings("A002", 10, 6)),

    UNKNOWN_ACCOUNT(422, "Unknown account", "The account is not opened", () -> Problem.unknownAccount("alice")),

    ACCOUNT_SUSPENDED(
            422,
            "The account is suspended",
            "The account takes no new orders for now; open orders still settle",
            () -> Problem.accountSuspended("alice")),

    ACCOUNT_CLOSED(
            422, "The account is closed", "The account was closed for good", () -> Problem.accountClosed("alice")),

    UNAVAILABLE(
            503,
            "Not available for now",
            "Something this service needs is away, or it has too much to do. Try again after Retry-After seconds",
            () -> Problem.unavailable("something this service needs is away"));

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

    /** @throws IllegalArgumentException for a word that is none */
    public static ProblemType of(String word) {
        return of(word, ProblemType::word);
    }

    /** @throws IllegalArgumentException for what is on the wire and none of these */
    static ProblemType ofUri(String uri) {
        return of(uri, ProblemType::uri);
    }

    private static ProblemType of(String name, Function<ProblemType, String> naming) {
        return Arrays.stream(values())
                .filter(type -> naming.apply(type).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no problem is called " + name));
    }

    /** What it is called in documents and metrics: {@code invalid-input}. */
    public String word() {
        return this == ABOUT_BLANK
                ? "about:blank"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is called on the wire. */
    public String uri() {
        return this == ABOUT_BLANK ? word() : URN + word();
    }

    /** The status it comes with; 0 where that may be any. */
    public int status() {
        return status;
    }

    /** The same for every occurrence. */
    public String title() {
        return title;
    }

    /** When it is answered, for a caller. */
    public String meaning() {
        return meaning;
    }

    /** One occurrence. */
    public Problem example() {
        return example.get();
    }
}
