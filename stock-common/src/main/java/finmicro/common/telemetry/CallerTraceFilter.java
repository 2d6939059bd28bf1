package finmicro.common.telemetry;

import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Joins the caller's trace from the first filter on. The server's span only starts when JAX-RS has matched a method, but earlier
 * problems need a trace ID too. It also supports the X-Ray header, which the server does not read and which AWS load balancers
 * add to every request. The caller's traceparent takes precedence.
 */
public class CallerTraceFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Scope scope = TraceContext.ofCaller(request::getHeader).makeCurrent();
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }
}
