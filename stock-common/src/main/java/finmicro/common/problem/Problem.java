package finmicro.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it; every answer of 400 and above is one, as {@code application/problem+json}.
 *
 * @param type {@code urn:fin-micro:problem:<word>}, or {@code about:blank} where the status says it all
 * @param title the kind of problem, the same for every occurrence
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param errors each field or parameter at fault; absent where there is none
 * @param required whole yen or shares that are needed, where there are not enough
 * @param available whole yen or shares that there are, where they are not enough
 */
@Schema(description = "An error, as of RFC 9457")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(examples = "urn:fin-micro:problem:invalid-input")
        String type,

        @Schema(examples = "The input is not valid") String title,
        @Schema(examples = "400") int status,
        @Schema(examples = "/orderPrice must be above 0") String detail,
        List<FieldError> errors,
        @Schema(examples = "24850") Long required,
        @Schema(examples = "9000") Long available) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds after which a caller may try again when something this service needs is away. */
    public static final int RETRY_AFTER = 5;

    private static final String URN = "urn:fin-micro:problem:";

    private Problem(String type, String title, int status, String detail, List<FieldError> errors) {
        this(type, title, status, detail, errors, null, null);
    }

    /** 400: what came in is not what the contract says. */
    public static Problem invalidInput(List<FieldError> errors) {
        String detail = new InvalidInput(errors).getMessage();
        return new Problem(URN + "invalid-input", "The input is not valid", 400, detail, errors);
    }

    /** 401: the caller does not say who he is, or not so that it can be believed. */
    public static Problem unauthorized(String detail) {
        return new Problem(URN + "unauthorized", "Not signed in", 401, detail, List.of());
    }

    /** 403: this caller may not do this. */
    public static Problem forbidden(String detail) {
        return new Problem(URN + "forbidden", "Not allowed", 403, detail, List.of());
    }

    /** 404: the thing asked for is not known. */
    public static Problem notFound(String detail) {
        return new Problem(URN + "not-found", "Not found", 404, detail, List.of());
    }

    /** 404: there is no trade of that number. */
    public static Problem noTrade(long tradeNo) {
        return notFound("no trade has the number " + tradeNo);
    }

    /** 409: the order cannot be cancelled any more. */
    public static Problem orderNotOpen(String detail) {
        return new Problem(URN + "order-not-open", "The order is no longer open", 409, detail, List.of());
    }

    /** 409: nothing can be held for this trade any more, or not this. */
    public static Problem holdConflict(String detail) {
        return new Problem(URN + "hold-conflict", "Nothing can be held for this trade", 409, detail, List.of());
    }

    /** 413: the body is larger than any that is right. */
    public static Problem tooLarge(int limit) {
        return new Problem(
                URN + "too-large", "The body is too large", 413, "at most " + limit + " bytes are taken", List.of());
    }

    /** 422: the Idempotency-Key belongs to another request. */
    public static Problem keyReused() {
        return new Problem(
                URN + "idempotency-key-reused",
                "The Idempotency-Key was used before",
                422,
                "another order was placed under this key: take a new key for a new order",
                List.of());
    }

    /** 422: the order cannot be paid for; both in whole yen. */
    public static Problem insufficientFunds(long required, long available) {
        String detail = "the order needs %d yen, and %d are available".formatted(required, available);
        return new Problem(
                URN + "insufficient-funds",
                "The buying power does not suffice",
                422,
                detail,
                List.of(),
                required,
                available);
    }

    /** 422: more is sold than is held; both in shares. */
    public static Problem insufficientHoldings(String stockCode, long required, long available) {
        String detail =
                "the order sells %d shares of %s, and %d are available".formatted(required, stockCode, available);
        return new Problem(
                URN + "insufficient-holdings",
                "The holding does not suffice",
                422,
                detail,
                List.of(),
                required,
                available);
    }

    /** 503: something this service needs is away, or it has too much to do. */
    public static Problem unavailable(String detail) {
        return new Problem(URN + "unavailable", "Not available for now", 503, detail, List.of());
    }

    /** Any other status. */
    public static Problem of(Response.StatusType status) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), null, List.of());
    }

    /** The kind of problem in a word, for metrics: the last of its type, or {@code http-<status>}. */
    public String word() {
        return type.startsWith(URN) ? type.substring(URN.length()) : "http-" + status;
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
