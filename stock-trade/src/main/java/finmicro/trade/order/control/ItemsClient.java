package finmicro.trade.order.control;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The endpoints of stock-items. */
@Path("stock")
@Produces(MediaType.APPLICATION_JSON)
public interface ItemsClient {

    /** All stocks. */
    @GET
    @Path("attributes")
    Response attributes();

    /** One stock. */
    @GET
    @Path("attribute")
    Response attribute(@QueryParam("stockCode") String stockCode);
}
