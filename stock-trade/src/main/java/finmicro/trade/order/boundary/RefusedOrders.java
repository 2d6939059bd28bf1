package finmicro.trade.order.boundary;

import finmicro.common.problem.Problem;
import finmicro.trade.order.control.OrderReport;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts every order whose response is a problem, from any JAX-RS component. */
@Provider
public class RefusedOrders implements ContainerResponseFilter {

    @Inject
    private OrderReport report;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean order = HttpMethod.POST.equals(request.getMethod())
                && request.getUriInfo().getPath().matches("/?order/?");
        if (order && response.getStatus() >= 400) {
            report.refused(
                    response.getEntity() instanceof Problem problem ? problem.word() : "http-" + response.getStatus());
        }
    }
}
