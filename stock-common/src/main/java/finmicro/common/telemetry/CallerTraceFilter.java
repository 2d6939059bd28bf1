package finmicro.common.telemetry;

import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Has a request belong to its caller's trace from the first filter on: the server's own span begins only where JAX-RS has
 * found the method, and a problem before that is to name its trace too. So it also joins the trace that AWS's header names,
 * which the server does not read, as every request from a load balancer has one. A caller's own traceparent goes before.
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
