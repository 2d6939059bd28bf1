package finmicro.trade.order.boundary;

import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.events.Feed;
import finmicro.common.events.Subscriber;
import finmicro.common.trading.AccountId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/events}: streams orders when they are placed or change their status. */
@Path("events")
@ApplicationScoped
@Tag(name = "orders", description = "Orders and their outcomes")
public class OrderEventsResource {

    private final Feed feed;
    private final CallerAccount accounts;

    @Inject
    public OrderEventsResource(Feed feed, CallerAccount accounts) {
        this.feed = feed;
        this.accounts = accounts;
    }

    /** Sends events {@code order}, each an {@link OrderView} without its fill. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Bulkhead(20)
    @Operation(
            operationId = "watchOrders",
            summary = "Stream order changes",
            description = "Server-sent events named `order`, each with the current state of an order" + Feed.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The stream; the data of each event is an order",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "503", description = Feed.UNAVAILABLE)
    public void events(
            @Parameter(description = OrdersResource.ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        feed.listen(Subscriber.of(sink, sse, security, request, response, accounts.scope(security, account)));
    }
}
