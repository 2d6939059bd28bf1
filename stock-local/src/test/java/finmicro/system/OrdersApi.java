package finmicro.system;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** stock-trade as a JAX-RS client sees it. */
@Path("/trade/order")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface OrdersApi {

    @POST
    Response place(String order);

    @GET
    @Path("{tradeNo}")
    String order(@PathParam("tradeNo") long tradeNo);
}
