package finmicro.common.problem;

import finmicro.common.json.StrictJson;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.stream.Stream;

/**
 * Refuses a path, query or header that is malformed before the server's JAX-RS and its error pages parse it: they would
 * write a stack trace to the log each time, and answer some with 500.
 */
public class MalformedRequestFilter extends HttpFilter {

    /** What bytes that are no UTF-8 are decoded to. */
    private static final char NO_UTF_8 = '\ufffd';

    @Inject
    private transient StrictJson json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isWellFormed(request)) {
            chain.doFilter(request, response);
        } else {
            ProblemServlet.answer(Problem.of(Response.Status.BAD_REQUEST), response, json);
        }
    }

    private static boolean isWellFormed(HttpServletRequest request) {
        try {
            decoded(request);
            lines(request, HttpHeaders.CONTENT_TYPE).forEach(type -> readable(MediaType.valueOf(type)));
            // Looked at by the server whenever it sends an error; it takes a lone quote for a fault of its own.
            request.getCharacterEncoding();
            items(request, HttpHeaders.ACCEPT).forEach(type -> weighted(MediaType.valueOf(type)));
            // Its parameters are written as those of a media type.
            items(request, HttpHeaders.ACCEPT_LANGUAGE)
                    .forEach(language -> weighted(MediaType.valueOf("language/" + language)));
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException when path or query has a character or an encoding that a URI has not */
    private static void decoded(HttpServletRequest request) {
        String query = request.getQueryString();
        URI uri = URI.create(request.getRequestURI() + (query == null ? "" : "?" + query));
        if ((uri.getPath() + uri.getQuery()).indexOf(NO_UTF_8) >= 0) {
            throw new IllegalArgumentException("encodes bytes that are no UTF-8");
        }
    }

    private static Stream<String> lines(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream();
    }

    private static Stream<String> items(HttpServletRequest request, String header) {
        return lines(request, header)
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty());
    }

    /** @throws IllegalArgumentException when it names a character set that is not known: the server would log a trace */
    private static void readable(MediaType type) {
        weighted(type);
        Charset.forName(type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8"));
    }

    /** @throws IllegalArgumentException when it has a weight that is none */
    private static void weighted(MediaType type) {
        float weight = Float.parseFloat(type.getParameters().getOrDefault("q", "1"));
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("no weight");
        }
    }
}
