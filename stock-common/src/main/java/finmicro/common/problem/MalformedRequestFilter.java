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
 * Rejects a malformed path, query or header before the server's JAX-RS and error pages parse it. They would log a stack trace
 * each time, and return 500 for some. See {@link Framing} and {@link RequestTarget} for the other checks.
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

    /** Whether there is exactly one {@code Host}, which HTTP/1.1 requires and HTTP/1.0 does not. */
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
            lines(request, HttpHeaders.CONTENT_TYPE).forEach(type -> checkCharset(MediaType.valueOf(type)));
            // The server reads it whenever it sends an error, and throws an internal error if it has an unmatched
            // quote.
            request.getCharacterEncoding();
            items(request, HttpHeaders.ACCEPT).forEach(type -> checkWeight(MediaType.valueOf(type)));
            // A language has the same parameter syntax as a media type.
            items(request, HttpHeaders.ACCEPT_LANGUAGE)
                    .forEach(language -> checkWeight(MediaType.valueOf("language/" + language)));
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

    /** @throws IllegalArgumentException if the character set is unknown: the server would log a stack trace */
    private static void checkCharset(MediaType type) {
        checkWeight(type);
        Charset.forName(type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8"));
    }

    /** @throws IllegalArgumentException if the weight is not a number from 0 to 1 */
    private static void checkWeight(MediaType type) {
        float weight = Float.parseFloat(type.getParameters().getOrDefault("q", "1"));
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight out of range");
        }
    }
}
