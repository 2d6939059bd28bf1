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
 * Problem details as defined by RFC 9457. Every response with status 400 or above has them as its body, with the media type
 * {@code application/problem+json}.
 *
 * @param type the problem type; {@code about:blank} if the HTTP status describes the problem
 * @param title summary of the problem type, the same for every occurrence
 * @param status the HTTP status
 * @param detail the cause of this occurrence, and the next step
 * @param errors the invalid fields and parameters; absent if there are no such errors
 * @param required required whole yen or shares, if too few are available
 * @param available available whole yen or shares, if they are too few
 * @param tradeNo trade number of the order that already uses the Idempotency-Key
 * @param traceId trace ID of the request, to find its logs and spans; absent if the request is not traced
 */
@Schema(description = "Problem details (RFC 9457). docs/problems.md describes the types")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(
                description = "The problem type: `urn:fin-micro:problem:<word>`, or `about:blank` if the HTTP status"
                        + " describes the problem",
                examples = "urn:fin-micro:problem:invalid-input")
        String type,

        @Schema(description = "Human-readable summary of the problem type", examples = "The input is not valid")
        String title,

        @Schema(description = "The HTTP status", examples = "400")
        int status,

        @Schema(
                description =
                        "Absent if the HTTP status describes the problem. Human-readable cause of this occurrence",
                examples = "/orderPrice must be above 0")
        String detail,

        @Schema(description = "Absent if no field or parameter is invalid. The invalid fields and parameters")
        List<FieldError> errors,

        @Schema(description = "Absent if enough is available. Required whole yen or shares", examples = "24850")
        Long required,

        @Schema(description = "Absent if enough is available. Available whole yen or shares", examples = "9000")
        Long available,

        @Schema(
                description =
                        "Absent for types other than `idempotency-key-reused`. The trade that already uses the key",
                examples = "10012")
        Long tradeNo,

        @Schema(
                description = "Absent if the request is not traced. Its trace ID, to include in an error report",
                examples = "4bf92f3577b34da6a3ce929d0e0e4736")
        String traceId) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds after which a caller may retry when a dependency is unavailable. */
    public static final int RETRY_AFTER = 5;

    /** @throws IllegalArgumentException if the type is not one of {@link ProblemType} */
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

    /** 400: the input violates its contract. */
    public static Problem invalidInput(List<FieldError> errors) {
        return new Problem(ProblemType.INVALID_INPUT, new InvalidInput(errors).getMessage(), errors, null, null, null);
    }

    /** 401: the access token is missing or not valid. */
    public static Problem unauthorized(String detail) {
        return new Problem(ProblemType.UNAUTHORIZED, detail);
    }

    /** 403: this caller may not do this. */
    public static Problem forbidden(String detail) {
        return new Problem(ProblemType.FORBIDDEN, detail);
    }

    /** 404: the requested resource does not exist. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.NOT_FOUND, detail);
    }

    /** 404: there is no trade with this number. */
    public static Problem noTrade(long tradeNo) {
        return notFound("Trade %d does not exist. Check the trade number.".formatted(tradeNo));
    }

    /** 409: the order cannot be cancelled any more. */
    public static Problem orderNotOpen(String detail) {
        return new Problem(ProblemType.ORDER_NOT_OPEN, detail);
    }

    /** 409: the account cannot be closed because it still has open orders, positions or cash, named in the detail. */
    public static Problem accountNotEmpty(String account, String detail) {
        return new Problem(ProblemType.ACCOUNT_NOT_EMPTY, "Account %s cannot be closed: %s".formatted(account, detail));
    }

    /** 409: the trade number or key is already booked with different content. */
    public static Problem settlementConflict(String detail) {
        return new Problem(ProblemType.SETTLEMENT_CONFLICT, detail);
    }

    /** 413: the body is larger than {@code limit} bytes. */
    public static Problem tooLarge(int limit) {
        return new Problem(ProblemType.TOO_LARGE, "The body must be at most %d bytes.".formatted(limit));
    }

    /** 422: the Idempotency-Key was used for another order, which has this trade number. */
    public static Problem keyReused(long tradeNo) {
        return new Problem(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This key was used for trade %d with different content. Use a new key for a new order."
                        .formatted(tradeNo),
                List.of(),
                null,
                null,
                tradeNo);
    }

    /** 422: the Idempotency-Key was used for another deposit or withdrawal of the account. */
    public static Problem movementKeyReused() {
        return new Problem(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This key was used for another deposit or withdrawal. Use a new key for a new one.");
    }

    /** 422: the order costs more than the available buying power; both in whole yen. */
    public static Problem insufficientFunds(long required, long available) {
        String detail = "The order needs %d yen, but %d yen is available. Reduce the quantity or wait for open orders."
                .formatted(required, available);
        return new Problem(ProblemType.INSUFFICIENT_FUNDS, detail, List.of(), required, available, null);
    }

    /** 422: the order sells more than the available position; both in shares. */
    public static Problem insufficientHoldings(String stockCode, long required, long available) {
        String detail =
                "The order sells %d shares of %s, but %d are available. Reduce the quantity or wait for open orders."
                        .formatted(required, stockCode, available);
        return new Problem(ProblemType.INSUFFICIENT_HOLDINGS, detail, List.of(), required, available, null);
    }

    /** 422: the account was never opened. */
    public static Problem unknownAccount(String account) {
        return new Problem(
                ProblemType.UNKNOWN_ACCOUNT,
                "Account %s is not opened. Ask an operator to open it.".formatted(account));
    }

    /** 422: the account is suspended and accepts no new orders. */
    public static Problem accountSuspended(String account) {
        return new Problem(
                ProblemType.ACCOUNT_SUSPENDED,
                "Account %s is suspended and accepts no new orders. Ask an operator for the reason."
                        .formatted(account));
    }

    /** 422: the account is closed permanently. */
    public static Problem accountClosed(String account) {
        return new Problem(ProblemType.ACCOUNT_CLOSED, "Account %s is closed. Use another account.".formatted(account));
    }

    /** 503: a dependency is unavailable, or the service is overloaded. */
    public static Problem unavailable(String detail) {
        return new Problem(ProblemType.UNAVAILABLE, detail);
    }

    /** 415: no operation accepts the media type of the body. */
    public static Problem unsupportedMediaType() {
        return of(
                Response.Status.UNSUPPORTED_MEDIA_TYPE,
                "The body must be JSON. Send it with the header Content-Type: application/json, or without Content-Type.");
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

    /** The problem type as a metric attribute: the last part of its URN, or {@code http-<status>}. */
    public String word() {
        ProblemType kind = ProblemType.ofUri(type);
        return kind == ProblemType.ABOUT_BLANK ? "http-" + status : kind.word();
    }

    /** The problem as a response; a 503 has the header {@code Retry-After}. */
    public Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        if (status == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return response.build();
    }

    /** Whether another service's response is a problem document: then the service itself refused, not a proxy or server. */
    public static boolean isIn(Response response) {
        return response.getMediaType() != null && MediaType.valueOf(MEDIA_TYPE).isCompatible(response.getMediaType());
    }

    /** The problem as an exception to throw. */
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
