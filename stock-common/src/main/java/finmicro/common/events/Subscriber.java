package finmicro.common.events;

import finmicro.common.access.AccountScope;
import finmicro.common.access.CallerKey;
import finmicro.common.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * A request for an event stream.
 *
 * @param caller the caller's {@link CallerKey}, to limit the streams per caller
 * @param expires when the caller's token expires; {@link Instant#MAX} without tokens
 * @param scope the accounts whose events it receives, in addition to events without an account
 */
public record Subscriber(String caller, Instant expires, AccountScope scope, EventOutput output) {

    /** Creates a subscriber from a request. Called on the thread of the request. */
    public static Subscriber of(
            SseEventSink sink,
            Sse sse,
            SecurityContext security,
            HttpServletRequest request,
            HttpServletResponse response,
            AccountScope scope) {
        EventOutput output;
        try {
            output = new SseOutput(sink, sse, request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant expires = security.getUserPrincipal() instanceof SignedIn signedIn ? signedIn.expires() : Instant.MAX;
        return new Subscriber(CallerKey.of(security, request), expires, scope, output);
    }
}
