package finmicro.common.telemetry;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Has a request join the trace that AWS's header names, as every request from a load balancer has one: as the traceparent
 * that the server's own filter reads after this one. A caller's own traceparent goes before.
 */
@Provider
@PreMatching
public class XRayFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(TraceContext.XRAY_HEADER);
        if (header != null && request.getHeaderString(TraceContext.TRACEPARENT) == null) {
            String traceparent = TraceContext.text(TraceContext.ofXRay(header));
            if (traceparent != null) {
                request.getHeaders().putSingle(TraceContext.TRACEPARENT, traceparent);
            }
        }
    }
}
