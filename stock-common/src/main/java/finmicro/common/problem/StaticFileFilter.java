package finmicro.common.problem;

import finmicro.common.json.StrictJson;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URL;

/**
 * Returns problem documents for requests outside JAX-RS that do not match a file of the application. The server would log a
 * warning and a dump for each unknown path, redirect from a folder to the host in the {@code Host} header, and send a file in
 * response to PUT, POST or any other method.
 */
public class StaticFileFilter extends HttpFilter {

    @Inject
    private transient StrictJson json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH) {
            chain.doFilter(request, response);
        } else if (!isFile(path(request))) {
            ProblemServlet.answer(Problem.of(Response.Status.NOT_FOUND), response, json);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemServlet.answer(Problem.of(Response.Status.METHOD_NOT_ALLOWED), response, json);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    /** A folder is not a file, except the root, which is the welcome page. */
    private boolean isFile(String path) throws IOException {
        if (path.endsWith("/")) {
            return path.equals("/");
        }
        URL resource = getServletContext().getResource(path);
        return resource != null && !resource.getPath().endsWith("/");
    }
}
