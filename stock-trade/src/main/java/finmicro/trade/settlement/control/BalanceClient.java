package finmicro.trade.settlement.control;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The endpoint of stock-balance that settles. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface BalanceClient {

    /** Settles a contract; the text is its JSON, as it was committed to the outbox. */
    @POST
    Response settle(String contract);
}
