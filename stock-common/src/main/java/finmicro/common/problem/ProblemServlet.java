package finmicro.common.problem;

import finmicro.common.json.StrictJson;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The container's error page: writes a problem document for requests that the container itself refuses. */
public class ProblemServlet extends HttpServlet {

    @Inject
    private transient StrictJson json;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object error = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Response.Status status = error instanceof Integer code ? Response.Status.fromStatusCode(code) : null;
        answer(Problem.of(status == null ? Response.Status.NOT_FOUND : status), response, json);
    }

    /** Writes a problem document, from a filter or servlet outside JAX-RS. */
    public static void answer(Problem problem, HttpServletResponse response, StrictJson json) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER);
        }
        response.getOutputStream().write(json.bytes(problem));
    }
}
