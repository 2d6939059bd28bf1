package finmicro.common.rest;

import finmicro.common.problem.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Takes a request's body whole before anything looks at it: at most 64 KiB, else 413. A body without a content type is
 * JSON, since the old client names none.
 */
@Provider
@PreMatching
public class RequestBody implements ContainerRequestFilter {

    /** The largest body taken, in bytes. */
    public static final int LIMIT = 64 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!HttpMethod.POST.equals(request.getMethod()) && !HttpMethod.PUT.equals(request.getMethod())) {
            return;
        }
        try {
            take(request, request.getEntityStream().readNBytes(LIMIT + 1));
        } catch (IOException e) {
            // It ends too early, or is not encoded as its headers say: no outage, but the caller's fault.
            request.abortWith(Problem.of(Response.Status.BAD_REQUEST).response());
        }
    }

    private static void take(ContainerRequestContext request, byte[] body) {
        if (body.length > LIMIT) {
            request.abortWith(Problem.tooLarge(LIMIT).response());
            return;
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
