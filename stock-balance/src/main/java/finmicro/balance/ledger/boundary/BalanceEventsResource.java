package finmicro.balance.ledger.boundary;

import finmicro.common.access.AccountScope;
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

/** {@code /balance/events}: streams changes of cash and holdings. */
@Path("events")
@ApplicationScoped
@Tag(name = "balance", description = "Cash and holdings")
public class BalanceEventsResource {

    private final Feed feed;
    private final CallerAccount accounts;

    @Inject
    public BalanceEventsResource(Feed feed, CallerAccount accounts) {
        this.feed = feed;
        this.accounts = accounts;
    }

    /** Streams {@code balance} events, each with the {@link Balances} of the account. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Bulkhead(20)
    @Operation(
            operationId = "watchBalance",
            summary = "Stream changes of cash and holdings",
            description = "Server-sent events named `balance`, each with the balances after a change" + Feed.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The stream; the data of each event is that of GET /balance",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = Balances.class)))
    @APIResponse(responseCode = "503", description = Feed.UNAVAILABLE)
    public void events(
            @Parameter(description = AccountParameter.ONE) @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        feed.listen(Subscriber.of(
                sink, sse, security, request, response, AccountScope.of(accounts.one(security, account))));
    }
}
