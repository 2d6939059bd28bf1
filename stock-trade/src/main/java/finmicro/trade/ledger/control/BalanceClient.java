package finmicro.trade.ledger.control;

import finmicro.trade.ledger.entity.BookedEntries;
import finmicro.trade.ledger.entity.BookedTrades;
import finmicro.trade.ledger.entity.EntryBatch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The endpoints of stock-balance that stock-trade needs. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface BalanceClient {

    /** Books entries independently of each other. */
    @POST
    @Path("entries")
    Response book(EntryBatch entries);

    /** Settles a fill, given as the JSON from the outbox. */
    @POST
    Response settle(String contract);

    /** Reads bookings that have a feed position, ascending. */
    @GET
    @Path("feed")
    Response feed(@QueryParam("after") long after, @QueryParam("limit") int limit);

    /** Reads the current state of an account and its position in the ledger. */
    @GET
    @Path("snapshot")
    Response snapshot(@QueryParam("account") String account);

    /** Selects the trades that were booked up to an entry of an account. */
    @POST
    @Path("booked")
    Response booked(BookedTrades.Question question);

    /** Reads entries of all accounts in time order. */
    @GET
    @Path("reconciliation/entries")
    Response entries(@QueryParam("after") String after, @QueryParam("limit") int limit);

    /** Reads entries by their keys. */
    @POST
    @Path("reconciliation/entries")
    Response find(BookedEntries.Question question);

    /** Compares balances with their entries. */
    @POST
    @Path("reconciliation")
    Response reconcile(@QueryParam("cursor") String cursor);
}
