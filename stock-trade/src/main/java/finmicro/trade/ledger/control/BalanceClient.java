package finmicro.trade.ledger.control;

import finmicro.trade.hold.entity.Hold;
import finmicro.trade.ledger.entity.SettlementBatch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The endpoints of stock-balance that stock-trade needs. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface BalanceClient {

    /** Settles a contract; the text is its JSON, as it was committed to the outbox. */
    @POST
    Response settle(String contract);

    /** Settles several contracts together. */
    @POST
    @Path("batch")
    Response settle(SettlementBatch batch);

    /** Holds what an order needs. */
    @PUT
    @Path("holds/{tradeNo}")
    Response hold(@PathParam("tradeNo") long tradeNo, Hold hold);

    /** Releases what is held for an order. */
    @DELETE
    @Path("holds/{tradeNo}")
    Response release(@PathParam("tradeNo") long tradeNo);
}
