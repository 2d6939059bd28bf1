package finmicro.common.rest;

import finmicro.common.problem.Problem;
import finmicro.common.time.Ticker;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;

/**
 * Reads the whole body before the request is processed: up to 64 KiB, otherwise 413, and within {@link #TIMEOUT}, because a slow
 * body blocks a thread. A body without a content type is treated as JSON, because the legacy client sends none.
 */
@Provider
@PreMatching
public class RequestBody implements ContainerRequestFilter {

    /** Maximum size of a body in bytes. */
    public static final int LIMIT = 64 * 1024;

    private static final Set<String> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ticker ticker;

    /** For the container. */
    public RequestBody() {
        this(Ticker.SYSTEM);
    }

    RequestBody(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!WITH_BODY.contains(request.getMethod())) {
            return;
        }
        try {
            replace(request, read(request.getEntityStream()));
        } catch (IOException e) {
            // The body is truncated, too slow, or not encoded as declared: a client error, not an outage.
            request.abortWith(Problem.of(Response.Status.BAD_REQUEST).response());
        }
    }

    /** Reads the body, or slightly more than the limit. */
    byte[] read(InputStream body) throws IOException {
        long began = ticker.nanos();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        for (int length = 0; length >= 0 && whole.size() <= LIMIT; length = body.read(part)) {
            if (ticker.since(began).compareTo(TIMEOUT) > 0) {
                throw new IOException("takes longer than " + TIMEOUT);
            }
            whole.write(part, 0, length);
        }
        return whole.toByteArray();
    }

    private static void replace(ContainerRequestContext request, byte[] body) {
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
