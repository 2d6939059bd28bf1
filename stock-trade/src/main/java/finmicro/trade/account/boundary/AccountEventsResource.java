package finmicro.trade.account.boundary;

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

/** {@code /trade/account/events}: streams account changes. */
@Path("account/events")
@ApplicationScoped
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class AccountEventsResource {

    private final Feed feed;
    private final CallerAccount accounts;

    @Inject
    public AccountEventsResource(@AccountEvents Feed feed, CallerAccount accounts) {
        this.feed = feed;
        this.accounts = accounts;
    }

    /** Streams events named {@code account}; the data of each is an {@link AccountView}. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Bulkhead(20)
    @Operation(
            operationId = "watchAccount",
            summary = "Stream account changes",
            description = "Server-sent events named `account`, each with the account after a change" + Feed.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The stream; the data of each event is an account",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = AccountView.class)))
    @APIResponse(responseCode = "503", description = Feed.UNAVAILABLE)
    public void events(
            @Parameter(
                            description =
                                    "The account. Default: the account of the caller, all accounts for operators, or `main` without tokens")
                    @QueryParam(CallerAccount.PARAMETER)
                    @AccountId
                    String account,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        feed.listen(Subscriber.of(sink, sse, security, request, response, accounts.scope(security, account)));
    }
}
