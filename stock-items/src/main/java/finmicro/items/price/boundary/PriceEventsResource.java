package finmicro.items.price.boundary;

import finmicro.common.access.AccountScope;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.events.Feed;
import finmicro.common.events.Subscriber;
import finmicro.items.price.entity.PriceMessage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /stock/events}: streams prices as they are stored. */
@Path("events")
@ApplicationScoped
@Tag(name = "prices", description = "Stock prices")
public class PriceEventsResource {

    private final Feed feed;

    @Inject
    public PriceEventsResource(Feed feed) {
        this.feed = feed;
    }

    /** Streams {@code price} events, each a {@link PriceMessage} for one minute. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Bulkhead(20)
    @Operation(
            operationId = "watchPrices",
            summary = "Stream new prices",
            description = "Server-sent events named `price`, each a price message for one minute" + Feed.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The stream; the data of each event is a price message",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = PriceMessage.class)))
    @APIResponse(responseCode = "503", description = Feed.UNAVAILABLE)
    public void events(
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        feed.listen(Subscriber.of(sink, sse, security, request, response, AccountScope.ALL));
    }
}
