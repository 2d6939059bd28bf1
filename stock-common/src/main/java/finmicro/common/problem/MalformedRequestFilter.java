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
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;

/**
 * Refuses a path, query or header that is malformed before the server's JAX-RS and its error pages parse it: they would
 * write a stack trace to the log each time, and answer some with 500. {@link Framing} and {@link RequestTarget} say what else
 * is refused.
 */
public class MalformedRequestFilter extends HttpFilter {

    private static final String CONNECTION = "Connection";

    @Inject
    private transient StrictJson json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Framing framing = Framing.of(request);
        if (framing.endsConnection()) {
            response.setHeader(CONNECTION, "close");
        }
        if (framing != Framing.AMBIGUOUS && isAddressed(request) && isWellFormed(request)) {
            chain.doFilter(request, response);
        } else {
            ProblemServlet.answer(Problem.of(Response.Status.BAD_REQUEST), response, json);
        }
    }

    /** Whether there is one {@code Host}, as HTTP/1.1 demands; HTTP/1.0 knew none. */
    private static boolean isAddressed(HttpServletRequest request) {
        Enumeration<String> hosts = request.getHeaders(HttpHeaders.HOST);
        if (!hosts.hasMoreElements()) {
            return request.getProtocol().equals("HTTP/1.0");
        }
        hosts.nextElement();
        return !hosts.hasMoreElements();
    }

    private static boolean isWellFormed(HttpServletRequest request) {
        try {
            RequestTarget.check(request.getRequestURI(), request.getQueryString());
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
