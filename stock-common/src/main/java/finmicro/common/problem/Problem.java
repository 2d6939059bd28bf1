package finmicro.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import finmicro.common.telemetry.LogContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it; every answer of 400 and above is one, as {@code application/problem+json}.
 *
 * @param type what is wrong in kind; {@code about:blank} where the status says it all
 * @param title the kind of problem, the same for every occurrence
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param errors each field or parameter at fault; absent where there is none
 * @param required whole yen or shares that are needed, where there are not enough
 * @param available whole yen or shares that there are, where they are not enough
 * @param tradeNo of the order that the Idempotency-Key belongs to, where that is another one
 * @param traceId of the trace that the request belongs to, under which logs and traces tell more; absent without one
 */
@Schema(description = "An error, as of RFC 9457; its types are told in docs/problems.md")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(
                description = "What is wrong in kind: `urn:fin-micro:problem:<word>`, or `about:blank` where the status"
                        + " says it all",
                examples = "urn:fin-micro:problem:invalid-input")
        String type,

        @Schema(description = "The kind of problem, for people", examples = "The input is not valid")
        String title,

        @Schema(description = "The HTTP status", examples = "400")
        int status,

        @Schema(
                description = "Absent where the status says it all. What is wrong this time, for people",
                examples = "/orderPrice must be above 0")
        String detail,

        @Schema(description = "Absent where no field and no parameter is at fault. Each one that is")
        List<FieldError> errors,

        @Schema(
                description = "Absent where enough is available. What is needed, in whole yen or shares",
                examples = "24850")
        Long required,

        @Schema(
                description = "Absent where enough is available. What there is, in whole yen or shares",
                examples = "9000")
        Long available,

        @Schema(
                description = "Absent for other types than `idempotency-key-reused`. The trade that the key belongs to",
                examples = "10012")
        Long tradeNo,

        @Schema(
                description =
                        "Absent where nothing is traced. The request's trace, to be named to whoever runs the service",
                examples = "4bf92f3577b34da6a3ce929d0e0e4736")
        String traceId) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds after which a caller may try again when something this service needs is away. */
    public static final int RETRY_AFTER = 5;

    /** @throws IllegalArgumentException for a type that is none of {@link ProblemType} */
    public Problem {
        ProblemType.ofUri(type);
    }

    private Problem(
            ProblemType type, String detail, List<FieldError> errors, Long required, Long available, Long tradeNo) {
        this(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                errors,
                required,
                available,
                tradeNo,
                LogContext.traceId());
    }

    private Problem(ProblemType type, String detail) {
        this(type, detail, List.of(), null, null, null);
    }

    /** 400: what came in is not what the contract says. */
    public static Problem invalidInput(List<FieldError> errors) {
        return new Problem(ProblemType.INVALID_INPUT, new InvalidInput(errors).getMessage(), errors, null, null, null);
    }

    /** 401: the caller does not say who he is, or not so that it can be believed. */
    public static Problem unauthorized(String detail) {
        return new Problem(ProblemType.UNAUTHORIZED, detail);
    }

    /** 403: this caller may not do this. */
    public static Problem forbidden(String detail) {
        return new Problem(ProblemType.FORBIDDEN, detail);
    }

    /** 404: the thing asked for is not known. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.NOT_FOUND, detail);
    }

    /** 404: there is no trade of that number. */
    public static Problem noTrade(long tradeNo) {
        return notFound("no trade has the number " + tradeNo);
    }

    /** 409: the order cannot be cancelled any more. */
    public static Problem orderNotOpen(String detail) {
        return new Problem(ProblemType.ORDER_NOT_OPEN, detail);
    }

    /** 409: nothing can be held for this trade any more, or not this. */
    public static Problem holdConflict(String detail) {
        return new Problem(ProblemType.HOLD_CONFLICT, detail);
    }

    /** 409: an account that is to be closed still has open orders, positions or cash, as the detail says. */
    public static Problem accountNotEmpty(String account, String detail) {
        return new Problem(ProblemType.ACCOUNT_NOT_EMPTY, "account %s cannot be closed: %s".formatted(account, detail));
    }

    /** 409: the trade number or key was booked before, with other content. */
    public static Problem settlementConflict(String detail) {
        return new Problem(ProblemType.SETTLEMENT_CONFLICT, detail);
    }

    /** 413: the body is larger than any that is right. */
    public static Problem tooLarge(int limit) {
        return new Problem(ProblemType.TOO_LARGE, "at most " + limit + " bytes are taken");
    }

    /** 422: the Idempotency-Key belongs to another order, which has this trade number. */
    public static Problem keyReused(long tradeNo) {
        return new Problem(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "trade " + tradeNo + " was placed under this key, with another order: take a new key for a new order",
                List.of(),
                null,
                null,
                tradeNo);
    }

    /** 422: the Idempotency-Key belongs to another deposit or withdrawal of the account. */
    public static Problem movementKeyReused() {
        return new Problem(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "another deposit or withdrawal was booked under this key: take a new key for a new one");
    }

    /** 422: the order cannot be paid for; both in whole yen. */
    public static Problem insufficientFunds(long required, long available) {
        String detail = "the order needs %d yen, and %d are available".formatted(required, available);
        return new Problem(ProblemType.INSUFFICIENT_FUNDS, detail, List.of(), required, available, null);
    }

    /** 422: more is sold than is held; both in shares. */
    public static Problem insufficientHoldings(String stockCode, long required, long available) {
        String detail =
                "the order sells %d shares of %s, and %d are available".formatted(required, stockCode, available);
        return new Problem(ProblemType.INSUFFICIENT_HOLDINGS, detail, List.of(), required, available, null);
    }

    /** 422: the account was never opened. */
    public static Problem unknownAccount(String account) {
        return new Problem(
                ProblemType.UNKNOWN_ACCOUNT, "account %s is not opened: an operator has to open it".formatted(account));
    }

    /** 422: the account takes no new orders for now. */
    public static Problem accountSuspended(String account) {
        return new Problem(ProblemType.ACCOUNT_SUSPENDED, "account %s is suspended".formatted(account));
    }

    /** 422: the account takes nothing any more. */
    public static Problem accountClosed(String account) {
        return new Problem(ProblemType.ACCOUNT_CLOSED, "account %s is closed".formatted(account));
    }

    /** 503: something this service needs is away, or it has too much to do. */
    public static Problem unavailable(String detail) {
        return new Problem(ProblemType.UNAVAILABLE, detail);
    }

    /** 415: the body is of a type that no operation takes. */
    public static Problem unsupportedMediaType() {
        return of(
                Response.Status.UNSUPPORTED_MEDIA_TYPE,
                "the body must be JSON: send it with the header Content-Type: application/json, or without Content-Type");
    }

    /** Any other status. */
    public static Problem of(Response.StatusType status) {
        return of(status, null);
    }

    private static Problem of(Response.StatusType status, String detail) {
        return new Problem(
                ProblemType.ABOUT_BLANK.uri(),
                status.getReasonPhrase(),
                status.getStatusCode(),
                detail,
                List.of(),
                null,
                null,
                null,
                LogContext.traceId());
    }

    /** The kind of problem in a word, for metrics: the last of its type, or {@code http-<status>}. */
    public String word() {
        ProblemType kind = ProblemType.ofUri(type);
        return kind == ProblemType.ABOUT_BLANK ? "http-" + status : kind.word();
    }

    /** The problem as an answer; a 503 says when to come again. */
    public Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        if (status == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return response.build();
    }

    /** Whether the answer of another service is a problem document, so that it was the service itself that refused. */
    public static boolean isIn(Response response) {
        return response.getMediaType() != null && MediaType.valueOf(MEDIA_TYPE).isCompatible(response.getMediaType());
    }

    /** The problem to be thrown. */
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
