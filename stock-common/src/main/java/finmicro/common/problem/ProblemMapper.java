package finmicro.common.problem;

import finmicro.common.json.InvalidInput;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Maps every exception of a request to a problem document. An unexpected one is a 500 without internal details. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = Log.of(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        return answer(failure, failure);
    }

    private Response answer(Throwable failure, Throwable outermost) {
        if (failure instanceof ProblemException refusal) {
            return refusal.problem().response();
        }
        if (failure instanceof InvalidInput invalid) {
            return Problem.invalidInput(invalid.errors()).response();
        }
        if (failure instanceof WebApplicationException web && web.getCause() == null) {
            return standard(web.getResponse());
        }
        if (failure.getCause() != null) {
            return answer(failure.getCause(), outermost);
        }
        if (outermost instanceof WebApplicationException web) {
            return standard(web.getResponse());
        }
        return unexpected(outermost);
    }

    private static Response standard(Response response) {
        Response.StatusType status = response.getStatusInfo();
        Response.ResponseBuilder problem = Response.fromResponse(
                status.getStatusCode() == 415
                        ? Problem.unsupportedMediaType().response()
                        : Problem.of(status).response());
        response.getHeaders().forEach((name, values) -> {
            if (!name.toLowerCase().startsWith("content-")) {
                values.forEach(value -> problem.header(name, value));
            }
        });
        return status.getStatusCode() < 400 ? response : problem.build();
    }

    private static Response unexpected(Throwable failure) {
        if (Outages.isOutage(failure)) {
            LOG.log(System.Logger.Level.WARNING, "request.unavailable reason={0}", Outages.reason(failure));
            return Problem.unavailable("A dependency of this service is unavailable. Try again in a few seconds.")
                    .response();
        }
        LOG.log(System.Logger.Level.ERROR, "request.failed", failure);
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR).response();
    }
}
