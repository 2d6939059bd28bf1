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
 * Takes a request's body whole before anything looks at it: at most 64 KiB, else 413, and within seconds, since one that
 * comes byte by byte holds a thread. A body without a content type is JSON, since the old client names none.
 */
@Provider
@PreMatching
public class RequestBody implements ContainerRequestFilter {

    /** The largest body taken, in bytes. */
    public static final int LIMIT = 64 * 1024;

    private static final Set<String> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Ticker ticker;

    /** As the container makes it. */
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
            take(request, read(request.getEntityStream()));
        } catch (IOException e) {
            // It ends too early, comes too slowly, or is not encoded as its headers say: no outage, but the caller's
            // fault.
            request.abortWith(Problem.of(Response.Status.BAD_REQUEST).response());
        }
    }

    /** All of it, or a little more than is taken. */
    byte[] read(InputStream body) throws IOException {
        long began = ticker.nanos();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        for (int length = 0; length >= 0 && whole.size() <= LIMIT; length = body.read(part)) {
            if (ticker.since(began).compareTo(LONGEST) > 0) {
                throw new IOException("takes longer than " + LONGEST);
            }
            whole.write(part, 0, length);
        }
        return whole.toByteArray();
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
