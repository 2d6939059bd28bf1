package finmicro.common.telemetry;

import io.opentelemetry.context.Scope;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Has a request join the trace that AWS's header names, as every request from a load balancer has one. The server's own
 * filter starts the request's span in the current context, unless the caller sent a traceparent, which goes before.
 */
public class XRayListener implements ServletRequestListener {

    private static final String SCOPE = XRayListener.class.getName();

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        String header = ((HttpServletRequest) event.getServletRequest()).getHeader(TraceContext.XRAY_HEADER);
        if (header != null) {
            event.getServletRequest()
                    .setAttribute(SCOPE, TraceContext.ofXRay(header).makeCurrent());
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(SCOPE) instanceof Scope scope) {
            scope.close();
        }
    }
}
